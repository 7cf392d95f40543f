"""Everything that can differ between two workspaces is said, and nothing that does not."""

from collections.abc import Callable
from dataclasses import fields

import pytest
from tests.builders import CONFIG, MAIL, WA, flow, workspace

from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.scenarios import Scenario
from oncue.domain.steps import SendMessage
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.workbench.workspace_differences import Other, other_differences

A = flow("a")
OLD = workspace(A)
OFFICE = Hours(id="office", timezone="Europe/Amsterdam", days=frozenset({"mon"}), from_="09:00", to="17:00")


def config(**changes: object) -> Workspace:
    return Workspace(replaced(CONFIG, **changes), OLD.flows)


def test_the_same_has_no_differences() -> None:
    assert other_differences(OLD, OLD, ()) == ()
    assert other_differences(OLD, Workspace(replaced(CONFIG, name="Test"), {"a": replaced(A, name="A")}), ()) == ()


@pytest.mark.parametrize(
    ("new", "other"),
    [
        (workspace(A, flow("b")), Other("flows added", ("b",))),
        (workspace(), Other("flows removed", ("a",))),
        (workspace(replaced(A, steps=(SendMessage(text="x"),))), Other("steps changed", ("a",))),
        (workspace(replaced(A, name="B")), Other("names changed", ("a",))),
        (workspace(replaced(A, description="B")), Other("descriptions changed", ("a",))),
        (workspace(replaced(A, tags=("x",))), Other("tags changed", ("a",))),
        (
            workspace(replaced(A, when=When(reopened=True))),
            Other("trigger or conditions written otherwise, with the same meaning", ("a",)),
        ),
        (config(instances=(WA,)), Other("instances removed", ("mail",))),
        (config(instances=(WA, replaced(MAIL, name="X"))), Other("instances renamed", ("mail",))),
        (
            config(instances=(WA, replaced(MAIL, external_ids=("x",)))),
            Other("external ids changed, by which events find their instance", ("mail",)),
        ),
        (
            config(instances=(WA, replaced(MAIL, flows_write_as="bot"))),
            Other("flows write as somebody else", ("mail",)),
        ),
        (config(instances=(WA, replaced(MAIL, channel="sms"))), Other("instances on another channel", ("mail",))),
        (
            config(instances=(WA, MAIL, Instance(id="x", channel="sms", name="X"))),
            Other("instances added", ("x",)),
        ),
        (config(hours=(OFFICE,)), Other("hours added", ("office",))),
        (config(channels={"email": "Post"}), Other("channel labels changed", ("email",))),
        (config(name="Other"), Other("workspace renamed", ("Other",))),
        (
            config(simulation=SimulationSettings(max_events_per_cascade=7)),
            Other("simulation settings changed", ("max_events_per_cascade",)),
        ),
        (Workspace(CONFIG, OLD.flows, {"s": Scenario(id="s", name="S")}), Other("scenarios added", ("s",))),
    ],
    ids=lambda each: each.what if isinstance(each, Other) else "",
)
def test_what_differs(new: Workspace, other: Other) -> None:
    assert other_differences(OLD, new, ()) == (other,)


def test_what_is_decided_otherwise_is_not_said_twice() -> None:
    assert other_differences(OLD, workspace(replaced(A, enabled=False)), {"a"}) == ()


def changed(kind: type) -> set[str]:
    return {each.name for each in fields(kind) if each.init}


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        (Flow, {"id", "name", "description", "enabled", "tags", "trigger", "when", "steps"}),
        (Instance, {"id", "channel", "name", "external_ids", "flows_write_as"}),
        (WorkspaceConfig, {"name", "channels", "instances", "hours", "simulation"}),
    ],
)
def test_a_new_field_is_thought_of(kind: type, known: set[str]) -> None:
    of: Callable[[type], set[str]] = changed
    assert of(kind) == known, "compare it in workspace_differences.py, too"
