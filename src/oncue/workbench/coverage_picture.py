"""Coverage as pictures to walk through: one for each instance, whose cells know the flows that answer them.

Instances that the same flows answer share a picture, and message types that the same flows answer share a row. So all
keys of a cell start the same flows, and what is said of a cell is true of each of them. (The matrices of
`oncue.workbench.coverage_matrix` join what is answered by as many flows, be they others.)
"""

from collections.abc import Iterator
from typing import NamedTuple

from oncue.analysis.coverage import Coverage, Gap
from oncue.analysis.decisions import WHO, Decided, Who
from oncue.analysis.wording import cell_words
from oncue.domain.condition_words import lines_in_words
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.space import Cells, Place
from oncue.workbench.coverage_matrix import Count, Row, places_in_words
from oncue.workbench.witness_words import lines_of, witness_words

_NOTHING: tuple[str | None, ...] = (None,)
_WHAT: tuple[str | None, ...] = (*MESSAGE_TYPES, None)


class Answer(NamedTuple):
    """A flow that answers a cell: always, or under ``conditions``, which are in words and not yet safe to show."""

    flow_id: str
    name: str
    always: bool
    conditions: str


class Picture(NamedTuple):
    """Places that the same flows answer, their rows (the columns are `WHO`), and these flows in order of id."""

    places: tuple[Place, ...]
    rows: tuple[Row, ...]
    flows: tuple[tuple[Flow, Decided], ...]

    def answers(self, row: int, column: int) -> tuple[Answer, ...]:
        """The flows that answer a cell: those that always do first."""
        what, who = self.rows[row], WHO[column]
        found = [
            Answer(flow.id, flow.name, who in decided.always, _conditions(flow))
            for flow, decided in self.flows
            if who in decided.starts and _listens(flow, what)
        ]
        return tuple(sorted(found, key=lambda answer: not answer.always))

    def key(self, row: int, column: int) -> EventKey:
        """One of the keys of a cell, which are all answered alike."""
        what = self.rows[row]
        return EventKey(what.event, *self.places[0], WHO[column], (what.messages or _NOTHING)[0])

    def cells(self, row: int, column: int) -> Cells:
        """All keys of a cell."""
        what = self.rows[row]
        messages = frozenset(what.messages or _NOTHING)
        return Cells(frozenset((what.event,)), frozenset(self.places), frozenset((WHO[column],)), messages)

    def words(self, row: int, column: int, config: WorkspaceConfig) -> str:
        """*Message created · WhatsApp Rentals · Contact · Text or Image*, not yet safe to show."""
        return str(cell_words(self.cells(row, column), config))

    def title(self, config: WorkspaceConfig) -> str:
        """*WhatsApp Rentals*, not yet safe to show."""
        return places_in_words(self.places, config)


def pictures(coverage: Coverage) -> tuple[Picture, ...]:
    """A picture for all places that the same flows answer, in the order of the workspace."""
    decisions = sorted(coverage.decisions.items())
    started = [(flow, decided) for _, (flow, decided) in decisions if decided.starts]
    alike: dict[tuple[int, ...], list[Place]] = {}
    for place in coverage.grid.places:
        heard = tuple(number for number, (flow, _) in enumerate(started) if _is_at(flow, place))
        alike.setdefault(heard, []).append(place)
    return tuple(_picture(tuple(places), tuple(started[each] for each in heard)) for heard, places in alike.items())


def where_answered(among: tuple[Picture, ...], flow_id: str | None) -> tuple[int, int, int]:
    """The first cell that a flow answers: the number of the picture, the row and the column; else the first of all."""
    for number, picture in enumerate(among):
        for flow, decided in picture.flows:
            if flow.id == flow_id:
                row = next(at for at, each in enumerate(picture.rows) if _listens(flow, each))
                return number, row, next(at for at, who in enumerate(WHO) if who in decided.starts)
    return 0, 0, 0


def gap_words(coverage: Coverage, picture: Picture, row: int, column: int) -> str:
    """Which events of a cell nothing answers, with one where flows answer only sometimes. Empty if there are none."""
    count = picture.rows[row].counts[column]
    if count.always:
        return ""
    if not count.sometimes:
        return "Nothing answers this."
    gap: Gap = coverage.gap(picture.key(row, column))
    if not gap.possible:
        return "Between them they answer every such event." if count.sometimes > 1 else "It answers every such event."
    if gap.witness is None:
        return "Whether something is left unanswered could not be decided."
    flows = (coverage.decisions[answer.flow_id][0] for answer in picture.answers(row, column))
    lines = lines_of(flow.when for flow in flows)
    return f"Nothing answers, for one: {witness_words(gap.witness, coverage.grid.config, lines)}"


def _is_at(flow: Flow, place: Place) -> bool:
    trigger = flow.trigger
    return trigger.channel == place[0] and trigger.instance in (None, place[1])


def _listens(flow: Flow, row: Row) -> bool:
    wanted = flow.trigger.message_types
    return flow.trigger.event == row.event and (wanted is None or not row.messages or row.messages[0] in wanted)


def _conditions(flow: Flow) -> str:
    return "" if flow.when is None else "; ".join(lines_in_words(flow.when).values())


def _picture(places: tuple[Place, ...], flows: tuple[tuple[Flow, Decided], ...]) -> Picture:
    return Picture(places, tuple(_rows(flows)), flows)


def _rows(flows: tuple[tuple[Flow, Decided], ...]) -> Iterator[Row]:
    for kind in EVENT_KINDS:
        here = [each for each in flows if each[0].trigger.event == kind]
        if kind != "message_created":
            yield _row(kind, (), here)
            continue
        alike: dict[frozenset[str], list[str | None]] = {}
        narrow = [flow for flow, _ in here if flow.trigger.message_types is not None]
        for what in _WHAT:
            heard = frozenset(flow.id for flow in narrow if what in (flow.trigger.message_types or ()))
            alike.setdefault(heard, []).append(what)
        for types in sorted(alike.values(), key=lambda types: len(types) > len(_WHAT) // 2):
            yield _row(kind, tuple(types), here)


def _row(kind: str, messages: tuple[str | None, ...], flows: list[tuple[Flow, Decided]]) -> Row:
    row = Row(kind, messages, ())
    heard = [decided for flow, decided in flows if _listens(flow, row)]
    return row._replace(counts=tuple(_count(heard, who) for who in WHO))


def _count(heard: list[Decided], who: Who) -> Count:
    return Count(sum(who in each.always for each in heard), sum(who in each.sometimes for each in heard))
