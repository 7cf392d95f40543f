"""What the filter of the flows finds, and in which order."""

from tests import strategies

from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.workbench.flow_index import FlowIndex


def flow(flow_id: str, name: str, instance: str | None = None, **more: object) -> Flow:
    trigger = Trigger(event="message_created", channel="whatsapp", instance=instance)
    return replaced(Flow(id=flow_id, name=name, trigger=trigger), **more)


FLOWS = {
    each.id: each
    for each in (flow("b", "Welcome", "wa-2"), flow("a", "welcome"), flow("c", "Bye", enabled=False, tags=("vip",)))
}
WORKSPACE = Workspace(strategies.CONFIG, FLOWS)


def found(index: FlowIndex, query: str, workspace: Workspace = WORKSPACE) -> list[str]:
    return list(index.found(workspace.flows, workspace.config, query))


def test_all_are_listed_by_name_then_id() -> None:
    assert found(FlowIndex(), "") == ["c", "a", "b"]


def test_every_word_is_found_wherever_it_stands() -> None:
    index = FlowIndex()
    assert found(index, "SHOP welc") == ["b"]
    assert found(index, "message_created") == ["c", "a", "b"]
    assert found(index, "disabled") == found(index, "#vip") == ["c"]
    assert found(index, "nothing") == []


def test_it_follows_what_changed() -> None:
    index = FlowIndex()
    assert found(index, "") == ["c", "a", "b"]
    renamed = WORKSPACE.with_flow(replaced(FLOWS["c"], name="Zoo"))
    assert found(index, "zoo", renamed) == ["c"]
    assert found(index, "", renamed) == ["c", "a", "b"], "no row jumps while a name is typed"
    assert found(index, "zoo", renamed.without_flow("c")) == []
    assert found(index, "", renamed.with_flow(flow("d", "Last"))) == ["d", "a", "b", "c"]
