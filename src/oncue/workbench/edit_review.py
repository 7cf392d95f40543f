"""What the open flow's unsaved edit changes in decisions, and which other flows answer the events that it answers.

The first looks at two versions of one flow. For the second only flows are decided whose trigger can meet the open
one's, and what was decided of them is kept until they change: so a key press costs about as much in a workspace of
10,000 flows as in a small one.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oncue.analysis.decisions import Decided, decide
from oncue.analysis.differences import Change, edit_changes
from oncue.analysis.grid import Grid, Keys
from oncue.analysis.overlaps import shared
from oncue.domain.flows import Flow
from oncue.editing.identities import identity_of
from oncue.editing.session import Session
from oncue.workbench.regions import kinds_of_events

_VERBS = ("stops", "starts", "narrows", "widens", "changes when it answers")


class Rival(NamedTuple):
    """Another flow that answers the same events: some of them always, or only where conditions allow it."""

    flow_id: str
    name: str
    always: bool


class EditReview(NamedTuple):
    """Of the flow ``flow_id``: what its edit changes, in words (none if nothing), and its rivals, those that always
    answer some of its events first."""

    flow_id: str | None
    words: str
    rivals: tuple[Rival, ...]


NOTHING = EditReview(None, "", ())


class Reviewer:
    """Reviews the open flow of a session; remembers what was decided of the others. Not to be used in two threads."""

    def __init__(self) -> None:
        self._grid: Grid | None = None
        self._decided: dict[str, tuple[Flow, Decided]] = {}

    def review(self, session: Session) -> EditReview:
        """The review of the open flow."""
        flow, config = session.flow, session.workspace.config
        if flow is None:
            return NOTHING
        if self._grid is None or self._grid.config is not config:
            self._grid, self._decided = Grid(config), {}
        before = _saved(session, flow)
        words = "" if before is flow else change_words(edit_changes(before, flow, self._grid))
        rivals = self._rivals(flow, session.workspace.flows.values(), self._grid)
        return EditReview(flow.id, words, tuple(sorted(rivals, key=lambda each: (not each.always, each.flow_id))))

    def _rivals(self, flow: Flow, others: Iterable[Flow], grid: Grid) -> Iterator[Rival]:
        decided = self._decide(flow, grid)
        if not decided.starts:
            return
        for other in (each for each in others if _may_meet(flow, each)):
            found = shared((flow, decided), (other, self._decide(other, grid)), grid)
            if found.always or found.sometimes:
                yield Rival(other.id, other.name, bool(found.always))

    def _decide(self, flow: Flow, grid: Grid) -> Decided:
        known = self._decided.get(flow.id)
        if known is None or known[0] is not flow:
            known = self._decided[flow.id] = (flow, decide(flow, grid.config))
        return known[1]


def change_words(changes: Iterable[Change]) -> str:
    """``stops 3 kinds of events, starts 12``; those on which the flow starts in more or fewer cases are by themselves.

    Empty if nothing changes.
    """
    counts: dict[str, Keys] = {}
    for change in changes:
        # Where there are failing conditions, both versions start: they are those of the other version.
        verbs = {"stops": "narrows", "starts": "widens"} if change.failing else {}
        verb = verbs.get(change.effect, change.effect)
        counts[verb] = counts.get(verb, 0) | change.keys
    # What is narrowed and widened has other conditions than before.
    if other := counts.get("narrows", 0) & counts.get("widens", 0):
        counts = {verb: keys & ~other if verb in ("narrows", "widens") else keys for verb, keys in counts.items()}
        counts["changes when it answers"] = other
    said = [(verb, counts[verb].bit_count()) for verb in _VERBS if counts.get(verb)]
    words = [f"{verb} {f'{number:,}' if at else kinds_of_events(number)}" for at, (verb, number) in enumerate(said)]
    return ", ".join(words)


def _saved(session: Session, flow: Flow) -> Flow | None:
    """The flow as it is saved, also after it was renamed; ``None`` if it is new."""
    origin = identity_of(flow, session.identities).flow
    saved, known = session.saved.flows, session.saved_identities
    # It is mostly under its own id, and only a renamed one has to be looked for.
    likely = [saved[flow.id]] if flow.id in saved else []
    return next((each for each in (*likely, *saved.values()) if identity_of(each, known).flow == origin), None)


def _may_meet(flow: Flow, other: Flow) -> bool:
    if other is flow or not other.enabled:
        return False
    one, two = flow.trigger, other.trigger
    return (
        one.event == two.event
        and one.channel == two.channel
        and (one.instance is None or two.instance is None or one.instance == two.instance)
        and _meet(one.participant_types, two.participant_types)
        and _meet(one.message_types, two.message_types)
    )


def _meet(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or not one.isdisjoint(other)
