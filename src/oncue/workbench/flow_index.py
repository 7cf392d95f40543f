"""The flows in the order of their names, and which of them a filter finds.

Both are kept for flows that did not change, so that filtering is as fast as typing in a workspace of any size.
"""

from collections.abc import Mapping

from oncue.domain.flows import Flow
from oncue.domain.workspace import WorkspaceConfig


class FlowIndex:
    """The flows by name, and the text that the filter searches, made once for each flow.

    They are sorted again when a flow is added or removed, but not while a name is typed, so that no row jumps.
    """

    def __init__(self) -> None:
        self._ids: frozenset[str] = frozenset()
        self._sorted: list[str] = []
        self._texts: dict[str, tuple[Flow, str]] = {}

    def found(self, flows: Mapping[str, Flow], config: WorkspaceConfig, query: str) -> list[str]:
        """Ids of the flows whose text contains all words of ``query``, in order of name."""
        if flows.keys() != self._ids:
            self._ids = frozenset(flows)
            self._sorted = sorted(flows, key=lambda flow_id: (flows[flow_id].name.casefold(), flow_id))
        words = query.casefold().split()
        if not words:
            return self._sorted
        return [
            flow_id for flow_id in self._sorted if all(word in self._text(flows[flow_id], config) for word in words)
        ]

    def _text(self, flow: Flow, config: WorkspaceConfig) -> str:
        known = self._texts.get(flow.id)
        if known is not None and known[0] is flow:
            return known[1]
        trigger = flow.trigger
        instance = config.by_id.get(trigger.instance) if trigger.instance else None
        words = (
            flow.id,
            flow.name,
            trigger.event,
            trigger.channel,
            config.channel_label(trigger.channel),
            trigger.instance or "",
            instance.name if instance else "",
            "on" if flow.enabled else "off disabled",
            *(f"#{tag}" for tag in flow.tags),
        )
        text = " ".join(words).casefold()
        self._texts[flow.id] = (flow, text)
        return text
