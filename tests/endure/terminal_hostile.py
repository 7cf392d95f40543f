"""A workspace that is an attack in every field, file and name, and how to see that some of it got through.

Each text holds what a terminal would obey, markup that an app could take for its own, or characters that turn a line
round. Whatever of it appears in the bytes that are drawn is found by `canaries`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

TEXTS = (
    "\x1b]0;owned\x07",
    "\x1b]52;c;Y2FuYXJ5\x07",
    "\x1b[2J\x1b[31;45;5mred",
    "\u009b2J\u009d0;x\u009c",
    "\x1bP+q544e\x1b\\",
    "\x1b[?1049l\x1b[?1000h",
    "\u202egnirts\u202c \u2066x\u2069\u200f",
    "nul\x00del\x7fbell\x07back\x08\x08",
    "one\ntwo\r\nthree\u2028four\u0085\x0b\x0c",
    "[/a/b]",
    "[@click=app.quit]x[/]",
    "A[/]B[",
    "[$primary]p[link='http://x']y[/]",
    "[b]bold[/b] \\[",
    "x" * 4_000,
    "界" * 2_000,
    "a b" * 1_500,
    "👩\u200d👩\u200d👧\u200d👦🇨🇭 e" + "\u0301" * 40,
    "\u200b\u200d\ufeff\u00ad",
    "' \" \\ = , ; # {{participant.name}} {{x}} %s ${x}",
)
FILE_NAMES = (
    "[b]x",
    "[@click=app.quit]x",
    "A[",
    "\x1b]0;owned\x07\u202e",
    "x" * 200,
    "-rf",
    "a b",
    "\udcff\udcfe",
    "CON",
)
_EVENTS = ("conversation_created", "participant_added", "participant_removed", "message_created")

# Textual sets colours, moves the cursor, sets modes, asks what the terminal can, shapes the pointer, and copies.
_COPIES_OR_SHAPES = rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\x1b\]22;[a-z-]*\x07"
_ALLOWED = re.compile(
    rb"\x1b\[[0-9;]*[mHK]|\x1b\[\?[0-9;]+[hl]|\x1b\[\?[0-9]+\$p|\x1b\[[<>=]?[0-9;]*u|\x1b\[>[0-9;]*m|\x1b\[c|"
    + _COPIES_OR_SHAPES
)
# Between two updates it clears the screen before all of it is drawn again. What else is written there is a copy, a
# shape, or a mode from the thread that reads the keys; texts are drawn in updates only.
_BETWEEN_UPDATES = (
    rb"(?<=\x1b\[\?2026l)(?:\x1b\[2J|\x1b\[\?(?:2048|1016)h|" + _COPIES_OR_SHAPES + rb")+(?=\x1b\[\?2026h)"
)
# Nor is any text drawn before the first update, when the terminal is taken.
_BEFORE_UPDATES = rb"\x1b\[\?1049h(?:(?!\x1b\[\?2026h)(?:\x1b\[2J|" + _ALLOWED.pattern + rb"))+(?=\x1b\[\?2026h)"
_FORBIDDEN = re.compile(
    rb"[\x00-\x06\x0b\x0c\x0e-\x1a\x1b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbb\xbf"
)
# While it is stopped, or an editor is open. A hostile text that leaves the screen does not go on like this.
_GIVEN_BACK = re.compile(rb"\x1b\[\?1049l\x1b\[\?25h(?:(?!\x1b\[\?1049l).)*?(?=\x1b\[\?1049h)", re.DOTALL)
_MARKS = re.compile(rb"\x1b\[31;45;5m|\x1b\]52;c;Y2FuYXJ5|owned\x07")
_OURS = b"|".join((_BEFORE_UPDATES, _BETWEEN_UPDATES, _ALLOWED.pattern))
_PIECES = re.compile(b"(?P<ours>" + _OURS + b")|" + _FORBIDDEN.pattern)


def canaries(output: bytes) -> Iterator[str]:
    """What a terminal would obey that is not the app's own; before, after and beside it the terminal echoes keys."""
    output = output[max(0, output.find(b"\x1b[?1049h")) :]
    output = _GIVEN_BACK.sub(b"", output)
    if (end := output.rfind(b"\x1b[?1049l\x1b[?25h")) > 0:
        output = output[:end]
    for found in _MARKS.finditer(output):
        yield _shown(output, found.start())
        return
    for found in _PIECES.finditer(output):
        if found["ours"] is None:
            yield _shown(output, found.start())
            return


def _shown(output: bytes, at: int) -> str:
    return f"a canary is drawn: {output[max(0, at - 100) : at + 100]!r}"


def quoted(text: str) -> str:
    """A TOML string of ``text``."""
    return (
        '"'
        + "".join(
            letter if letter.isprintable() and letter not in '"\\' else f"\\U{ord(letter):08x}" for letter in text
        )
        + '"'
    )


def hostile(folder: Path, rng: Random, flows: int = 24) -> Path:
    """Write such a workspace; the texts are dealt out at random."""

    def text() -> str:
        return quoted(rng.choice(TEXTS))

    for name in ("flows", "scenarios"):
        (folder / name).mkdir(parents=True)
    config = [f"name = {text()}\n[channels]\nkiosk = {text()}\n"]
    for number in range(6):
        channel = rng.choice(("kiosk", "whatsapp"))
        config.append(
            f'[[instances]]\nid = "i-{number}"\nchannel = "{channel}"\nname = {text()}\nexternal_ids = ["{number}"]\n'
        )
    (folder / "workspace.toml").write_text("".join(config), "utf-8")
    for number in range(flows):
        event = rng.choice(_EVENTS)
        trigger = f'[trigger]\nevent = "{event}"\nchannel = "{rng.choice(("kiosk", "whatsapp"))}"\n'
        head = f"name = {text()}\ndescription = {text()}\ntags = [{text()}]\n"
        steps = "".join(f"[[steps]]\n{_step(rng, text)}" for _ in range(rng.randint(0, 6)))
        (folder / f"flows/f-{number}.toml").write_text(head + trigger + steps, "utf-8")
    for number in range(3):
        events = "".join(
            f'[[events]]\nevent = "{rng.choice(_EVENTS)}"\ninstance = "i-{rng.randrange(8)}"\n'
            f"participant = {{ name = {text()} }}\n"
            for _ in range(3)
        )
        (folder / f"scenarios/s-{number}.toml").write_text(
            f"name = {text()}\ndescription = {text()}\n{events}", "utf-8"
        )
    (folder / "flows/broken.toml").write_text(f'name = "x"\n{text()} = {text()}\n', "utf-8")
    (folder / "flows/bytes.toml").write_bytes(b"\xff\xfe\x1b[2J\x00")
    for name in FILE_NAMES:
        (folder / "flows" / f"{name}.toml").write_text(f"{text()} = ", "utf-8")
    return folder


def _step(rng: Random, text: Callable[[], str]) -> str:
    return rng.choice(
        (
            lambda: f'type = "send_message"\ntext = {text()}\n',
            lambda: f'type = "assign_agent"\nagent = {text()}\n',
            lambda: f'type = "add_note"\ntext = {text()}\n',
            lambda: f'type = "notify_participants"\ntext = {text()}\n',
            lambda: f'type = "update_contact"\nattributes = {{ {text()} = {text()} }}\n',
            lambda: f'type = "add_participant"\nparticipant_type = "agent"\nname = {text()}\n',
            lambda: f'type = "remove_participant"\nparticipant_type = "bot"\nname = {text()}\n',
            lambda: 'type = "close_conversation"\n',
        )
    )()
