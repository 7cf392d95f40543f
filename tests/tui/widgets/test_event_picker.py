from tests.tui.widgets.bare import Bench, bench

from oncue.domain.vocabulary import EVENT_KINDS
from oncue.tui.widgets.event_picker import EventPicker


def picked(user: Bench) -> list[str]:
    return [message.kind for message in user.told if isinstance(message, EventPicker.Picked)]


async def test_a_click_anywhere_on_its_line_chooses_an_event() -> None:
    picker = EventPicker(label="Event", label_width=7)
    async with bench(picker, (100, 12)) as user:
        for term in EVENT_KINDS.values():
            await user.click(term.label, 50)
        assert picked(user) == list(EVENT_KINDS)
        await user.click("Good for")
        assert picked(user) == [], "advice is no choice"


async def test_passing_through_changes_nothing_and_space_chooses() -> None:
    picker = EventPicker()
    async with bench(picker) as user:
        picker.focus()
        await user.press("down", "down")
        assert picked(user) == []
        await user.press("space")
        assert picked(user) == [list(EVENT_KINDS)[2]]
        picker.show("message_created")
        assert [line for line in user.screen if "●" in line] == [
            line for line in user.screen if EVENT_KINDS["message_created"].label in line
        ]


async def test_nothing_below_it_moves_when_another_event_is_chosen() -> None:
    picker = EventPicker()
    async with bench(picker, (40, 20)) as user:
        heights = set()
        for kind in EVENT_KINDS:
            picker.show(kind)
            await user.pilot.pause()
            heights.add(picker.size.height)
        assert len(heights) == 1
