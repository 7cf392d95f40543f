"""``oncue coverage``: the matrix, its gaps, and what is said of bad input."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.cli.conftest import Oncue, write

from oncue.analysis.coverage import LEVELS, coverage
from oncue.cli.output.coverage_svg import LOOKS
from oncue.cli.output.coverage_text import GLYPHS
from oncue.cli.output.svg import FAINT, INK, PAPER
from oncue.domain.events import EventKey
from oncue.domain.vocabulary import PARTICIPANT_TYPES
from oncue.storage.loader import load_workspace
from oncue.workbench.coverage_matrix import HEADINGS

HOSTILE = '=cmd|"<script>&\x1b[2J\u202e@x'
FORMATS = ("text", "json", "csv", "svg")


@pytest.fixture
def conditional(workspace: Path) -> Path:
    """The workspace with flows that start only sometimes."""
    for name, line in (("refund", 'text_any = ["refund"]'), ("thanks", 'text_none = ["refund"]')):
        write(
            workspace / f"flows/{name}.toml",
            f"""
            name = "{name.title()}"
            [trigger]
            event = "message_created"
            channel = "email"
            participant_types = ["contact"]
            {'message_types = ["text", "html"]' if name == "thanks" else ""}
            [when]
            {line}
            """,
        )
    return workspace


def test_a_matrix_for_people(oncue: Oncue, conditional: Path) -> None:
    ran = oncue("coverage", conditional)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Acme: 576 kinds of events\n"
        "  · none       530  no flow ever starts\n"
        "  ◐ sometimes   26  no flow always starts, some sometimes do\n"
        "  ● one         20  exactly one flow always starts, and no other\n"
        "  ◆ many         0  one flow always starts, and others always or sometimes\n"
        "\n"
        "WhatsApp Support NL\n"
        "                     contact agent bot  flow API key campaign echo rule unknown\n"
        "Conversation created ●       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Participant added    ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Participant removed  ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Message: Text, Image ●       ●     ●    ●    ●       ●        ●    ●    ●\n"
        "Any other message    ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "\n"
        "WhatsApp an unknown instance\n"
        "                     contact agent bot  flow API key campaign echo rule unknown\n"
        "Conversation created ●       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Participant added    ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Participant removed  ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Any message          ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "\n"
        "every instance of Email\n"
        "                     contact agent bot  flow API key campaign echo rule unknown\n"
        "Conversation created ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Participant added    ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Participant removed  ·       ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Message: Text, HTML  ◐ 2     ·     ·    ·    ·       ·        ·    ·    ·\n"
        "Any other message    ◐       ·     ·    ·    ·       ·        ·    ·    ·\n"
    )
    assert max(map(len, ran.out.splitlines())) <= 80


def test_gaps(oncue: Oncue, conditional: Path) -> None:
    ran = oncue("coverage", conditional, "--gaps", "--event", "message_created", "--instance", "mail")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "· 104 of 117 kinds of events start no flow\n"
        "  104 × Message created · Email Helpdesk · anybody but Contact · any message\n"
        "      no flow for: Agent sent a text message on Email · Helpdesk\n"
        "\n"
        "◐ 11 start a flow only sometimes, and at other times none\n"
        "  11 × Message created · Email Helpdesk · Contact · any message but Text or HTML\n"
        "      only sometimes: refund\n"
        "      no flow for: Contact sent an image on Email · Helpdesk: “Hello”\n"
    )


def test_json_has_every_kind(oncue: Oncue, conditional: Path) -> None:
    found = json.loads(oncue("coverage", conditional, "--format", "json").out)
    assert found["workspace"] == "Acme"
    assert found["levels"] == {"none": 530, "sometimes": 26, "one": 20, "many": 0}
    counted = coverage(load_workspace(conditional))
    assert len(found["cells"]) == 576
    for cell in found["cells"]:
        key = EventKey(*(cell[name] for name in EventKey._fields))
        assert (cell["always"], cell["sometimes"]) == counted.counts(key)
        assert cell["level"] == counted.level(key)


def test_gaps_as_json_and_csv_are_the_same(oncue: Oncue, conditional: Path) -> None:
    found = json.loads(oncue("coverage", conditional, "--gaps", "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(oncue("coverage", conditional, "--gaps", "--format", "csv").out)))
    assert found["kinds"] == 576
    assert found["size"] == sum(gap["size"] for gap in found["gaps"]) == len(rows) == 530 + 22
    assert [gap["sometimes"] for gap in found["gaps"]] == [[], ["refund"]]
    assert found["gaps"][1]["witness"]["event"]["message"]["text"] == "Hello"


def test_narrowed(oncue: Oncue, workspace: Path) -> None:
    for options, kinds in (
        (("--instance", "whatsapp:+31"), 144),
        (("--instance", "support-nl"), 144),
        (("--channel", "whatsapp"), 288),
        (("--channel", "whatsapp", "--event", "participant_added"), 18),
        (("--channel", "WhatsApp", "--event", "Participant added"), 18),
    ):
        assert f"Acme: {kinds} kinds of events\n" in oncue("coverage", workspace, *options).out
        assert len(oncue("coverage", workspace, *options, "--format", "csv").out.splitlines()) == kinds + 1


def test_the_picture_says_all_without_colour(oncue: Oncue, conditional: Path) -> None:
    ran = oncue("coverage", conditional, "--format", "svg")
    picture = ElementTree.fromstring(ran.out)
    titles = [title.text or "" for title in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert "Message: Text, HTML by contact: 2 flows sometimes" in titles
    assert "Conversation created by contact: 1 flow always" in titles
    words = {text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"WhatsApp Support NL", "every instance of Email", *HEADINGS.values(), "sometimes", "many flows"} <= words


def contrast(one: str, other: str) -> float:
    """As WCAG 2 has it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_everything_in_the_picture_can_be_read() -> None:
    assert all(contrast(look.ink, look.fill) >= 4.5 for look in LOOKS.values())
    assert all(contrast(ink, PAPER) >= 4.5 for ink in (INK, FAINT))
    assert len({*GLYPHS.values()}) == len(LEVELS)
    assert list(HEADINGS) == [*PARTICIPANT_TYPES, None]


@pytest.mark.parametrize("style", FORMATS)
def test_a_hostile_name_is_text(oncue: Oncue, workspace: Path, style: str) -> None:
    text = (workspace / "workspace.toml").read_text(encoding="utf-8")
    written = json.dumps(HOSTILE)
    config = text.replace('"Acme"', written).replace('"Helpdesk"', written)
    (workspace / "workspace.toml").write_text(config, encoding="utf-8")
    ran = oncue("coverage", workspace, "--format", style)
    assert ran.status == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", ran.out)
    if style == "csv":
        assert all(not row["name"].startswith("=") for row in csv.DictReader(io.StringIO(ran.out)))
    if style == "svg":
        assert not list(ElementTree.fromstring(ran.out).iter("{http://www.w3.org/2000/svg}script"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--channel", "whatsap"), "--channel: no channel 'whatsap' here; did you mean 'whatsapp'?"),
        (("--channel", "sms"), "--channel: no channel 'sms' here; expected one of: whatsapp, email"),
        (("--instance", "wa-n"), "--instance: no instance 'wa-n' here; did you mean 'wa-nl'?"),
        (("--instance", "mail", "--channel", "whatsapp"), "--instance: 'mail' is on 'email', not on 'whatsapp'"),
        (("--event", "message"), "did you mean 'message_created'?"),
        (("--format", "xml"), "--format: 'xml' is not a known value; expected one of: text, json, csv, svg"),
        (("--gaps", "--format", "svg"), "--gaps is a list and no picture"),
    ],
)
def test_what_cannot_be_done(oncue: Oncue, workspace: Path, options: tuple[str, ...], words: str) -> None:
    ran = oncue("coverage", workspace, *options)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_nothing_is_installed(oncue: Oncue, tmp_path: Path) -> None:
    write(tmp_path / "workspace.toml", 'name = "Empty"')
    for options in ((), ("--gaps",)):
        ran = oncue("coverage", tmp_path, *options)
        assert (ran.status, ran.out) == (2, "")
        assert "no instance is installed in this workspace" in ran.err
