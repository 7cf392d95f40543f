"""Words that the workspace knows, to complete what is typed for a condition.

They are what other flows look for, what steps set and whom they name, and who takes part in scenarios; those that are
used most come first. Each word is a line as `oncue.workbench.condition_text` or `attribute_text` spells it.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from oncue.domain.conditions import NOBODY, SOMEBODY, When
from oncue.domain.durations import duration_of
from oncue.domain.events import Participant
from oncue.domain.scenarios import Scenario
from oncue.domain.values import fields_of
from oncue.domain.workspace import Workspace
from oncue.workbench.attribute_text import attributes_text
from oncue.workbench.condition_text import spelled

SHOWN = 40
"""Words that are offered at most; whoever has more types another letter."""

_PHRASES = ("text_any", "text_all", "text_none", "text_starts")
_LABELS = ("labels", "without_labels")
_COOLDOWNS = ("30m", "1h", "24h", "7d")


def known_words(workspace: Workspace, key: str) -> tuple[str, ...]:
    """The lines that the workspace knows for a condition."""
    if key == "cooldown":
        written = (each.cooldown for each in _whens(workspace) if each.cooldown)
        return tuple(sorted({*written, *_COOLDOWNS}, key=lambda each: duration_of(each) or timedelta()))
    count = Counter(_words(workspace, key))
    first = (NOBODY, SOMEBODY) if key == "responsible" else ()
    usual = sorted(count.keys() - {*first}, key=lambda word: (-count[word], word.casefold(), word))
    return (*first, *usual)


def completions(words: Collection[str], typed: str, taken: Collection[str] = ()) -> tuple[str, ...]:
    """The ``words`` that can be meant by the line ``typed``, those that begin so first, without those ``taken``."""
    wanted = typed.strip().casefold()
    there = {each.strip() for each in taken}
    found = [each for each in words if each not in there and wanted in each.casefold() and each != typed.strip()]
    return tuple(sorted(found, key=lambda each: not each.casefold().startswith(wanted))[:SHOWN])


def _whens(workspace: Workspace) -> Iterator[When]:
    return (flow.when for flow in workspace.flows.values() if flow.when is not None)


def _steps(workspace: Workspace) -> Iterator[dict[str, Any]]:
    return (fields_of(step) for flow in workspace.flows.values() for step in flow.steps)


def _words(workspace: Workspace, key: str) -> Iterator[str]:
    if key in _PHRASES:
        yield from _written(workspace, _PHRASES)
    elif key in _LABELS:
        yield from _written(workspace, _LABELS)
        yield from _in_steps(workspace, ("label",))
    elif key == "attributes":
        asked = (when.attributes for when in _whens(workspace))
        for attributes in (*asked, *(step.get("attributes") for step in _steps(workspace))):
            yield from filter(None, attributes_text(attributes).split("\n"))
    elif key == "participants":
        yield from _written(workspace, ("participants",))
        yield from _in_steps(workspace, ("name",))
        for who in _taking_part(workspace):
            yield from (spelled(each) for each in (who.name, who.id) if each)
    elif key == "responsible":
        yield from (spelled(each.responsible) for each in _whens(workspace) if each.responsible)
        yield from _in_steps(workspace, ("agent", "team"))
        yield from (spelled(who.name) for who in _taking_part(workspace) if who.name and who.type in ("agent", "bot"))


def _written(workspace: Workspace, keys: Collection[str]) -> Iterator[str]:
    return (spelled(each) for when in _whens(workspace) for key in keys for each in getattr(when, key) or ())


def _in_steps(workspace: Workspace, names: Collection[str]) -> Iterator[str]:
    """The texts of fields of steps, but for those that are blank, or depend on the event."""
    texts = (step.get(name) for step in _steps(workspace) for name in names)
    return (spelled(text) for text in texts if isinstance(text, str) and text.strip() and "{{" not in text)


def _taking_part(workspace: Workspace) -> Iterator[Participant]:
    scenarios: Collection[Scenario] = workspace.scenarios.values()
    return (event.participant for each in scenarios for event in each.events if event.participant is not None)
