"""What findings say: an event as an example, and a chain of flows."""

from oncue.analysis.causes import Edge
from oncue.analysis.states import Witness
from oncue.domain.flows import Flow
from oncue.domain.phrases import WHO
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType, in_order
from oncue.domain.wording import event_clause
from oncue.domain.workspace import WorkspaceConfig
from oncue.text import listed

_OF_TEXT = {"text_any", "text_all", "text_none", "text_starts"}


def example(found: Witness | None, flows: tuple[Flow, ...], config: WorkspaceConfig) -> str:
    """`` (as when a contact sends a text message on WhatsApp · Shop)``; nothing where there is no witness.

    Of the conversation it says what the conditions of ``flows`` look at.
    """
    if found is None:
        return ""
    lines = {line for flow in flows if flow.when is not None for line in flow.when.lines}
    event, known = found.event, found.known
    said = [event_clause(event, config)]
    if lines & _OF_TEXT and event.message is not None and event.message.text:
        said.append(f"saying “{event.message.text}”")
    who = event.participant
    if "participants" in lines and who is not None and (who.name or who.id):
        said.append(f"called {who.name or who.id}")
    if "responsible" in lines:
        said.append(f"while {known.responsible[0] if known.responsible else 'nobody'} is responsible")
    if "labels" in lines and known.labels:
        said.append(f"with the {'label' if len(known.labels) == 1 else 'labels'} {listed(sorted(known.labels))}")
    if lines & {"during_hours", "outside_hours"} and event.at is not None:
        said.append(f"at {event.at:%a %Y-%m-%d %H:%M} UTC")
    return f" (as when {' '.join(said)})"


def chain(ring: tuple[str, ...]) -> str:
    """``a → b → a``."""
    return " → ".join(ring)


def link(edge: Edge, config: WorkspaceConfig) -> str:
    """What one flow causes: ``step 1 of a: a bot sends a text message on Live chat · Website, which starts b``."""
    return f"step {edge.step} of {edge.source}: {event_clause(edge.event, config)}, which starts {edge.target}"


def types(chosen: frozenset[ParticipantType]) -> str:
    """``a bot or a flow``."""
    return listed([WHO[each] for each in in_order(chosen, PARTICIPANT_TYPES)], "or")
