"""How many keys common jobs take, from the list of flows, besides the text that is typed.

A number that goes up makes the app slower for everybody who has it in their fingers.
"""

from pathlib import Path

from tests.tui.hands import Hands, designer

from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.steps import AddNote

AS_EXPECTED = "✓ 15"


class Counted:
    """Presses keys and counts them. What is typed into a field is text, which takes as long everywhere."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.keys = hands, 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.hands.press(*keys)


async def started(hands: Hands, flow_id: str) -> Counted:
    """A conversation is under way, and the focus is in the list of flows."""
    await hands.open_flow(flow_id)
    await hands.press("4", "c", "1")
    assert hands.place == "flows/flow-rows"
    return Counted(hands)


def last_event(hands: Hands) -> ScenarioEvent:
    assert hands.state.timeline is not None
    return [each for each in hands.state.timeline.events if isinstance(each, ScenarioEvent)][-1]


async def test_a_complete_new_flow_takes_fifteen(sample: Path) -> None:
    async with designer(sample) as hands:
        count = Counted(hands)
        await count.press("n")
        await hands.type("Photos of trouble")
        await count.press("escape", "tab", "tab")  # channel, instance, event
        await count.press("up", "space", "tab")  # a message; who sent it
        await count.press("t", "tab")  # only contacts; what is sent
        await count.press("I", "t")  # only images
        await count.press("3", "a")
        await hands.type("note")
        await count.press("enter")
        await hands.type("A photo came in.")
        await count.press("ctrl+s")
        assert count.keys == 15
        assert not hands.session.dirty
        flow = hands.session.saved.flows["photos-of-trouble"]
        assert (flow.trigger.event, flow.steps) == ("message_created", (AddNote(text="A photo came in."),))
        assert sorted(flow.trigger.participant_types or ()) == ["contact"]
        assert sorted(flow.trigger.message_types or ()) == ["image"]


async def test_an_agent_joins_with_two(sample: Path) -> None:
    async with designer(sample) as hands:
        count = await started(hands, "welcome-whatsapp")
        await count.press("a", "a")
        happened = last_event(hands)
        assert happened.event == "participant_added"
        assert happened.participant is not None and happened.participant.type == "agent"
        assert count.keys == 2
        assert hands.place == "simulator/play-rows", "what comes of it is seen, on a narrow terminal, too"


async def test_a_contact_sends_an_image_with_three(sample: Path) -> None:
    async with designer(sample, (80, 24)) as hands:
        count = await started(hands, "damage-photo")
        await count.press("m", "c", "i")
        happened = last_event(hands)
        assert happened.event == "message_created"
        assert happened.participant is not None and happened.participant.type == "contact"
        assert happened.message is not None and happened.message.type == "image"
        assert count.keys == 3
        assert hands.place == "simulator/play-rows"
        assert "Image" in hands.inside("#play-rows")


async def test_nothing_happens_before_a_conversation_is_under_way(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("m")
        assert not hands.picking
        assert hands.toasts == ["Nothing has happened yet: c starts a conversation."]


async def test_ten_flows_are_switched_off_with_three(sample: Path) -> None:
    async with designer(sample, (120, 30)) as hands:
        on = {flow_id for flow_id, flow in hands.session.workspace.flows.items() if flow.enabled}
        count = Counted(hands)
        await count.press("v", "pagedown", "e")
        off = {flow_id for flow_id, flow in hands.session.workspace.flows.items() if not flow.enabled}
        assert len(on & off) >= 10
        assert count.keys == 3
        await hands.press("u")
        assert not hands.session.dirty, "one undo takes back all of it"


async def test_all_flows_that_a_filter_finds_are_switched_off_with_three(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("/")
        await hands.type("channel:whatsapp")
        count = Counted(hands)
        await count.press("enter", "*", "e")
        flows = hands.session.workspace.flows.values()
        assert {flow.enabled for flow in flows if flow.trigger.channel == "whatsapp"} == {False}
        assert count.keys == 3


async def test_the_nearest_edit_is_taken_with_one(sample: Path) -> None:
    async with designer(sample) as hands:
        await started(hands, "location-shared")
        await hands.press("m", "c", "t")
        assert sorted(hands.flow.trigger.message_types or ()) == ["location"]
        count = Counted(hands)
        await count.press("t")
        assert sorted(hands.flow.trigger.message_types or ()) == ["location", "text"]
        assert "location-shared" in hands.state.results[-1].fired
        assert count.keys == 1


async def test_a_scenario_is_recorded_with_two(sample: Path) -> None:
    async with designer(sample) as hands:
        await started(hands, "location-shared")
        await hands.press("m", "c", "t")
        count = Counted(hands)
        await count.press("e")
        await hands.type("A text is no place")
        await count.press("enter")
        assert count.keys == 2
        recorded = hands.session.workspace.scenarios["a-text-is-no-place"]
        assert len(recorded.events) == 2
        assert (sample / "scenarios/a-text-is-no-place.toml").exists()


async def test_whether_everything_is_as_expected_is_always_in_sight(sample: Path) -> None:
    for size in ((120, 40), (80, 24), (50, 15)):
        async with designer(sample, size) as hands:
            for pane in "1234":
                await hands.press(pane)
                assert AS_EXPECTED in "\n".join(hands.grid().splitlines()[:2]), (size, pane)
