"""Requests that are heard late: none ends the app, and none changes anything but what it was made for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer
from textual.message import Message
from textual.widget import Widget

from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.tui.messages import AddStepRequested, Edit, NameCommitted, Open, SimulatorChange
from oncue.tui.panes.simulator import SimulatorPane
from oncue.tui.shortcuts import SHORTCUTS
from oncue.tui.widgets.choice import Choice
from oncue.tui.widgets.conversation_list import ConversationList
from oncue.tui.widgets.event_form import EventForm

STEP = '[[steps]]\ntype = "notify_participants"\nparticipant_types = ["contact", "agent", "bot"]\ntext = "x"\n'
REQUESTS = (AddStepRequested, Edit, NameCommitted, Open, SimulatorChange, SimulatorPane.Take, SimulatorPane.Choose)


def _reload(change: Callable[[Workspace], Workspace]) -> Callable[[Hands], None]:
    return lambda hands: hands.store.reload(change(hands.session.saved))


def _without_flows(workspace: Workspace) -> Workspace:
    return replace(workspace, flows={})


def _without_the_open_flow(workspace: Workspace) -> Workspace:
    return workspace.without_flow("reply")


def _without_steps(workspace: Workspace) -> Workspace:
    flow: Flow = workspace.flows["reply"]
    return workspace.with_flow(replaced(flow, steps=()))


def _without_instances(workspace: Workspace) -> Workspace:
    return replace(workspace, config=replaced(workspace.config, instances=()))


def _without_conversations(hands: Hands) -> None:
    while hands.state.timelines and hands.state.timelines[0].events:
        hands.store.simulate(lambda simulator: simulator.closing())


CHANGES: dict[str, Callable[[Hands], None]] = {
    "nothing": lambda hands: None,
    "no flow": _reload(_without_flows),
    "another flow": _reload(_without_the_open_flow),
    "no step": _reload(_without_steps),
    "no instance": _reload(_without_instances),
    "no conversation": _without_conversations,
    "other flow open": lambda hands: hands.store.open("welcome"),
    "played back": lambda hands: hands.store.simulate(lambda simulator: simulator.stepping_back()),
}


async def _everything(hands: Hands) -> list[tuple[Widget, Message]]:
    """What the panes request for each of their shortcuts and each message of their widgets, which nobody hears yet."""
    grid, made = hands.app.designer.grid, list[tuple[Widget, Message]]()
    simulator = grid.pane(4)
    for pane in (grid.trigger, grid.steps, simulator):
        sent = pane.post_message

        def keep(message: Message, pane: Widget = pane, sent: Callable[[Message], bool] = sent) -> bool:
            if isinstance(message, REQUESTS):
                made.append((pane, message))
                return True
            return sent(message)

        pane.post_message = keep  # type: ignore[method-assign]
    for shortcut in SHORTCUTS:
        if shortcut.context in ("steps", "simulator") and not shortcut.act.startswith("screen."):
            pane = grid.steps if shortcut.context == "steps" else simulator
            await pane.run_action(shortcut.act)
            await hands.settle()
    for widget, message in (
        (simulator, ConversationList.Chosen(0)),
        (simulator, ConversationList.Chosen(9)),
        (simulator, EventForm.InstanceChosen(lambda _present: "mail")),
    ):
        widget.post_message(message)
    for field, value in (("#trigger-channel", "email"), ("#trigger-instance", "wa-de")):
        choice = hands.find(field, Choice)
        choice.post_message(Choice.Picked(choice, value))
    await hands.settle()
    for pane in (grid.trigger, grid.steps, simulator):
        del pane.post_message
    return made


@pytest.mark.parametrize("change", CHANGES)
async def test_late_requests(acme: Path, change: str) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("4", "c", "a", "enter", "m", "m", "d", "3")
        requests = await _everything(hands)
        assert len(requests) > 20
        assert {type(message) for _, message in requests} >= {Edit, SimulatorChange, AddStepRequested}
        CHANGES[change](hands)
        await hands.settle()
        others = {key: flow for key, flow in hands.session.workspace.flows.items() if key != "reply"}
        for widget, message in requests:
            widget.post_message(message)
            await hands.settle()
            if hands.picking:
                await hands.press("escape")
        after = hands.session.workspace.flows
        assert {key: flow for key, flow in after.items() if key != "reply"} == others, "a request was for another flow"


@pytest.mark.parametrize("first", ["z", "backspace", "delete", "d", "v", "x", "t"])
async def test_keys_of_the_simulator_in_one_burst(acme: Path, first: str) -> None:
    async with designer(acme) as hands:
        for second in ("z", "backspace", "d", "delete"):
            await hands.quickly("4", "c", "a", "enter", first, second, "d")


@pytest.mark.parametrize(("key", "left"), [("x", []), ("K", ["c", "a", "b"]), ("J", ["a", "b", "c"])])
async def test_a_burst_of_keys_is_about_the_step_that_the_cursor_follows(acme: Path, key: str, left: list[str]) -> None:
    file = acme / "flows/reply.toml"
    steps = "".join(f'[[steps]]\ntype = "add_note"\ntext = "{text}"\n' for text in "abc")
    file.write_text(file.read_text("utf-8").split("[[steps]]")[0] + steps, "utf-8")
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "end" if key != "x" else "home")
        await hands.quickly(key, key, key)
        assert [step.text for step in hands.steps()] == left  # type: ignore[union-attr]


async def test_chips_of_a_step_in_one_burst(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text("utf-8").split("[[steps]]")[0] + STEP, "utf-8")
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "e", "tab")
        assert hands.place == "steps/participant_types"
        await hands.quickly("space", "right", "space")
        (step,) = hands.steps()
        assert step.participant_types == frozenset({"bot"})  # type: ignore[union-attr]


async def test_a_picker_closes_when_what_it_is_about_goes(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "a")
        assert hands.picking
        hands.store.reload(_without_the_open_flow(hands.session.saved))
        await hands.settle()
        assert not hands.picking


@pytest.mark.parametrize(("field", "count"), [("#trigger-channel", 2), ("#trigger-instance", 2)])
async def test_two_requests_for_the_next_value_are_two_values_further(acme: Path, field: str, count: int) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        choice = hands.find(field, Choice)
        values = [option.value for option in choice.options]
        at = values.index(choice.value)
        for _ in range(count):
            choice.action_cycle(1)  # before anything is drawn
        await hands.settle()
        assert choice.value == values[(at + count) % len(values)]
