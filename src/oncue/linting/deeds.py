"""What a flow does at once, before it waits for the first time: replies, and who is responsible in the end."""

from collections.abc import Iterator

from oncue.domain.flows import Flow
from oncue.domain.steps import (
    AssignAgent,
    AssignTeam,
    CloseConversation,
    ReopenConversation,
    SendMessage,
    Step,
    Unassign,
    Wait,
)


def at_once(flow: Flow) -> Iterator[tuple[int, Step]]:
    """The steps before the first one that waits, with their numbers from 0."""
    for number, step in enumerate(flow.steps):
        if isinstance(step, Wait):
            return
        yield number, step


def reply_of(flow: Flow) -> int | None:
    """The number of the first message that the flow sends at once; ``None`` if it sends none."""
    closed = False
    for number, step in at_once(flow):
        closed = isinstance(step, CloseConversation) or (closed and not isinstance(step, ReopenConversation))
        if isinstance(step, SendMessage) and not closed:
            return number
    return None


def sends(flow: Flow) -> int | None:
    """The number of the first message that the flow sends, at once or later."""
    return next((number for number, step in enumerate(flow.steps) if isinstance(step, SendMessage)), None)


def assigned_by(flow: Flow) -> tuple[str, ...] | None:
    """Who is responsible after the flow, as far as it does that at once; ``None`` if it assigns nobody."""
    found: tuple[str, ...] | None = None
    for _, step in at_once(flow):
        if isinstance(step, AssignAgent):
            found = (step.participant_type, step.agent)
        elif isinstance(step, AssignTeam):
            found = ("team", step.team)
        elif isinstance(step, Unassign):
            found = ("nobody",)
    return found


def assignment_of(flow: Flow) -> int:
    """The number of the last step that assigns at once."""
    return max(number for number, step in at_once(flow) if isinstance(step, AssignAgent | AssignTeam | Unassign))
