"""The new text of a scenario's file: what a person wrote, with the expectations that changed and nothing else.

It is edited as a flow's file is (`oncue.storage.flow_text`): comments and layout stay, what is written reads back as
exactly the scenario, and where that would lose a comment nothing is written. Events keep their places here; a
scenario with others is written anew.
"""

from typing import Any

from oncue.domain.paths import scenario_file
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.errors import SaveError, UnreadableError
from oncue.storage.codec import decode_scenario, scenario_values
from oncue.storage.flow_text import check, encoded, in_form_of, table_style
from oncue.storage.toml.blocks import blocks, closed_up, replace_blocks
from oncue.storage.toml.edit import edit_table
from oncue.storage.toml.edit_list import edit_list
from oncue.storage.toml.read import BOM, read_toml
from oncue.storage.toml.scan import statements
from oncue.storage.toml.spans import Edit, Uneditable, apply
from oncue.storage.toml.tokens import comments_in
from oncue.storage.toml.write import exact

Values = dict[str, Any]


def scenario_bytes(scenario: Scenario, existing: bytes | None = None) -> bytes:
    """The content of the file of ``scenario``; with ``existing``, the content of its file, an edit of that.

    Raises `SaveError` if it cannot be written so that it is read back as it is.
    """
    file = scenario_file(scenario.id)
    if existing is not None:
        try:
            data = _edited(existing, scenario)
            if decode_scenario(scenario.id, data) == scenario:
                return data
            problem = "its layout is too unusual"
        except (Uneditable, UnreadableError) as error:
            problem = str(error)
        if comments_in(existing.decode("utf-8", "replace")):
            raise SaveError(file, f"cannot be edited without losing comments ({problem}); edit it in a text editor")
    data = in_form_of(existing, encoded(file, scenario_values(scenario)))
    check(file, lambda: decode_scenario(scenario.id, data) == scenario)
    return data


def _edited(existing: bytes, scenario: Scenario) -> bytes:
    document = read_toml(existing, scenario_file(scenario.id))
    old, new = dict(document.values), scenario_values(scenario)
    old_events, new_events = old.pop("events", []), new.pop("events", [])
    if len(old_events) != len(new_events):
        raise Uneditable("it has another number of events")
    text = _edit_events(document.text, old_events, new_events)
    text = edit_table(text, (), old, new, table_style(Scenario))
    try:
        return (BOM if existing.startswith(BOM) else b"") + text.encode()
    except UnicodeEncodeError as error:
        raise Uneditable(str(error)) from None


_EXPECTED = ("expect", "expect_effects", "expect_refusal")
"""The keys of an event that are edited; all others stay as they were written, a time as a time or as a text."""


def _edit_events(text: str, old: list[Values], new: list[Values]) -> str:
    style = table_style(ScenarioEvent)
    new = [
        {
            **{key: value for key, value in before.items() if key not in _EXPECTED},
            **{key: after[key] for key in _EXPECTED if key in after},
        }
        for before, after in zip(old, new, strict=True)
    ]
    wanted = [style.merged(before, after) for before, after in zip(old, new, strict=True)]
    if exact(wanted) == exact(old):
        return text
    entry = next((each for each in statements(text) if not each.header and each.path == ("events",)), None)
    if entry is not None:
        start, end = entry.value
        return apply(text, [Edit(start, end, edit_list(text[start:end], old, wanted, [*range(len(old))]))])
    spans, bodies = blocks(text, "events"), []
    for (start, end), before, after in zip(spans, old, new, strict=True):
        body = text[start:end]
        if exact(style.merged(before, after)) != exact(before):
            body = edit_table(body, ("events", 0), before, after, style)
        bodies.append(closed_up(body).rstrip("\r\n"))
    return replace_blocks(text, spans, bodies)
