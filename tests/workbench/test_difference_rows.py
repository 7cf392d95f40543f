"""Every group and change comes with an event that starts the flow in one workspace and not in the other."""

from hypothesis import given
from tests.analysis.flows import some_flows, workspace_of
from tests.analysis.states import thorough

from oncue.analysis.differences import difference
from oncue.analysis.states import Witness
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace
from oncue.workbench.difference_rows import EFFECTS, Shown


def starts(where: Workspace, flow_id: str, witness: Witness) -> bool:
    flow = where.flows.get(flow_id)
    key = witness.event.key
    installed = key.channel in where.config.installed_channels
    return flow is not None and installed and witness.starts(flow, where.config)


@thorough
@given(some_flows(), some_flows())
def test_examples_show_what_they_are_for(
    one: tuple[list[str], list[Flow]], other: tuple[list[str], list[Flow]]
) -> None:
    old, new = workspace_of(one[1]), workspace_of(other[1])
    found = difference(old, new)
    shown = Shown(found)
    groups = list(shown.groups(found.groups(), 10))
    for each in [change for group in groups for change in group.changes] + [last for *_, last in shown.changes()]:
        assert each.witness is not None
        assert each.example
        before, after = (starts(where, each.label.flow_id, each.witness) for where in (old, new))
        assert (before, after) == ((False, True) if each.label.effect == "starts" else (True, False))
        assert each.words in EFFECTS.values()
    for group in groups:
        assert sum(cells.size for cells in group.cells) == group.group.size
    assert sum(group.group.size for group in groups) == found.size


@thorough
@given(some_flows())
def test_as_many_examples_as_are_wanted(drawn: tuple[list[str], list[Flow]]) -> None:
    found = difference(workspace_of([]), workspace_of(drawn[1]))
    for group in Shown(found).groups(found.groups(), 1):
        assert [bool(change.example) for change in group.changes] == [n == 0 for n in range(len(group.changes))]
