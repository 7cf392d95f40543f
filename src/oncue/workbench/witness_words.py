"""A witness in words: what happens, and as much of the conversation as the conditions in question look at.

Names and texts are as they are in the files, and not yet safe to show.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from oncue.analysis.literals import Conditions
from oncue.analysis.states import Witness
from oncue.domain.conditions import When
from oncue.domain.phrases import WHO, assignments
from oncue.domain.plain import as_plain
from oncue.domain.vocabulary import PARTICIPANT_TYPES
from oncue.domain.wording import event_sentence
from oncue.domain.workspace import WorkspaceConfig
from oncue.text import listed

_TEXTS = frozenset({"text_any", "text_all", "text_none", "text_starts"})
_TIMES = frozenset({"during_hours", "outside_hours", "once_per", "cooldown"})


def lines_of(conditions: Iterable[Conditions | When | None]) -> frozenset[str]:
    """The keys of all lines of ``conditions``: what a witness has to tell about."""
    whens = [each.when if isinstance(each, Conditions) else each for each in conditions]
    return frozenset(key for when in whens if when is not None for key in when.lines)


def witness_words(witness: Witness, config: WorkspaceConfig, lines: Collection[str]) -> str:
    """``Contact sent a text message on WhatsApp · Shop: “Hello” (nobody is responsible)``; of ``lines``, what is so."""
    event = witness.event
    sentence = event_sentence(event, config)
    if event.message is not None and event.message.text is not None and _TEXTS.intersection(lines):
        sentence += f": “{event.message.text}”"
    facts = list(_facts(witness, frozenset(lines)))
    return f"{sentence} ({'; '.join(facts)})" if facts else sentence


def _facts(witness: Witness, lines: frozenset[str]) -> Iterable[str]:
    known = witness.known
    if "attributes" in lines:
        yield f"the contact has {assignments(known.attributes) if known.attributes else 'no attributes'}"
    if "started_by" in lines and known.started_by is not None:
        yield f"{WHO[known.started_by]} started the conversation"
    if lines & {"present", "absent"}:
        there = [term.label.lower() for kind, term in PARTICIPANT_TYPES.items() if kind in known.present]
        yield f"there: {listed(there)}" if there else "nobody is there"
    if "responsible" in lines:
        yield f"{listed(list(known.responsible))} is responsible" if known.responsible else "nobody is responsible"
    if lines & {"labels", "without_labels"}:
        labels = sorted(known.labels or ())
        yield f"labels: {', '.join(labels)}" if labels else "no labels"
    if "first_message" in lines and known.first_message is not None:
        yield f"{'' if known.first_message else 'not '}the contact's first message"
    if "reopened" in lines:
        yield "closed before" if known.reopened else "never closed before"
    if lines & _TIMES and witness.event.at is not None:
        yield f"{witness.event.at:%A %Y-%m-%d %H:%M} UTC"
    if lines & {"once_per", "cooldown"}:
        yield from _starts(witness)


def _starts(witness: Witness) -> Iterable[str]:
    past, served = witness.known.past, {flow_id for flow_id, _ in witness.known.served}
    for flow_id, starts in sorted(past.items()):
        if starts.last is not None:
            yield f"{flow_id} started at {starts.last:%Y-%m-%d %H:%M}"
    for flow_id in sorted(served):
        yield f"{flow_id} has started for the contact"
    if not past and not served:
        yield "no flow has started before"


def witness_json(witness: Witness) -> dict[str, Any]:
    """A witness as tables: the event, and all that is known of its conversation."""
    known = witness.known
    state: dict[str, Any] = {
        "started_by": known.started_by,
        "present": [kind for kind in PARTICIPANT_TYPES if kind in known.present],
        "responsible": list(known.responsible or ()),
        "labels": sorted(known.labels or ()),
        "attributes": _plain(known.attributes),
        "first_message": known.first_message,
        "reopened": known.reopened,
        "started_before": {
            flow_id: starts.last.isoformat() for flow_id, starts in sorted(known.past.items()) if starts.last
        },
        "served": sorted({flow_id for flow_id, _ in known.served}),
    }
    return {"event": as_plain(witness.event), "conversation": state}


def _plain(attributes: Mapping[str, Any] | None) -> dict[str, Any]:
    return dict(sorted((attributes or {}).items()))
