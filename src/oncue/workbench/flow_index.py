"""The flows in order, and which of them a filter finds.

Both are kept for flows that did not change, so that filtering is as fast as typing in a workspace of any size.
"""

from collections.abc import Collection, Mapping

from oncue.domain.flows import Flow
from oncue.domain.workspace import WorkspaceConfig
from oncue.workbench.flow_order import Order, order_key
from oncue.workbench.flow_query import Query, Texts, holds, parse_query, texts_of


class FlowIndex:
    """The flows in order, and the texts that the filter searches, made once for each flow.

    They are sorted again when a flow is added or removed and in another order, but not while a name is typed, so that
    no row jumps.
    """

    def __init__(self) -> None:
        self._ids: tuple[frozenset[str], Order] = (frozenset(), "name")
        self._sorted: list[str] = []
        self._texts: dict[str, tuple[Flow, Texts]] = {}

    def found(
        self,
        flows: Mapping[str, Flow],
        config: WorkspaceConfig,
        query: str,
        order: Order = "name",
        unsaved: Collection[str] = (),
        wrong: Collection[str] = (),
    ) -> list[str]:
        """Ids of the flows that ``query`` asks for (`oncue.workbench.flow_query`), in ``order``."""
        if flows.keys() != self._ids[0] or order != self._ids[1]:
            self._ids = frozenset(flows), order
            key = order_key(order, config)
            self._sorted = sorted(flows, key=lambda flow_id: key(flows[flow_id]))
        asked = parse_query(query)
        if asked == Query():
            return self._sorted
        return [
            each for each in self._sorted if holds(asked, flows[each], self._of(flows[each], config), unsaved, wrong)
        ]

    def _of(self, flow: Flow, config: WorkspaceConfig) -> Texts:
        known = self._texts.get(flow.id)
        if known is None or known[0] is not flow:
            known = self._texts[flow.id] = flow, texts_of(flow, config)
        return known[1]
