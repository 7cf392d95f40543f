"""Keys that come faster than the app can answer do what they do when they come slowly."""

import asyncio
from pathlib import Path

from tests.tui.hands import designer
from textual import events

from oncue.domain.steps import AddNote
from oncue.domain.vocabulary import ParticipantType
from oncue.tui.intake import PATIENCE


async def test_a_key_of_the_app_does_not_overtake_what_was_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("tab")
        await hands.quickly(*"Hello", "ctrl+s")
        assert not hands.session.dirty
        assert hands.text("flows/reply.toml").startswith('name = "ReplyHello"')


async def test_a_key_of_the_app_does_not_overtake_a_move(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.quickly("down", "down", "2")
        assert hands.session.selected == "welcome"
        assert (hands.place, hands.picking) == ("trigger/trigger-channel", "")


async def test_a_chip_is_switched_before_it_is_saved(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.quickly("2", "tab", "tab", "tab", "right", "space", "s")
        assert not hands.session.dirty
        assert hands.flow.trigger.participant_types == frozenset[ParticipantType]({"contact", "agent"})
        assert '"agent"' in hands.text("flows/welcome.toml")


async def test_what_is_typed_behind_a_new_step_goes_into_its_text(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("3", "a")
        await hands.type("note")
        await hands.quickly("enter", *"extra")
        assert hands.steps()[1] == AddNote(text="extra")
        await hands.press("escape")
        await hands.quickly("e", *"de")
        assert hands.steps()[1] == AddNote(text="extrade")


async def test_mouse_moves_that_wait_are_one(acme: Path) -> None:
    async with designer(acme) as hands:
        seen: list[int] = []
        handle = hands.app.intake._handle

        async def watch(event: events.InputEvent) -> None:
            if isinstance(event, events.MouseMove):
                seen.append(int(event.x))
            await handle(event)

        hands.app.intake._handle = watch
        for x in range(1, 50):
            hands.app.post_message(
                events.MouseMove(None, x, 3, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=3)
            )
        await hands.settle()
        assert seen[-1] == 49
        assert len(seen) < 10


async def test_what_never_ends_holds_up_the_keys_only_for_a_while(acme: Path) -> None:
    async with designer(acme) as hands:
        hands.app.intake.hold()
        started = asyncio.get_running_loop().time()
        await hands.press("2")
        assert hands.place == "trigger/trigger-channel"
        assert asyncio.get_running_loop().time() - started < PATIENCE * 3
        await hands.press("1")
        assert hands.place == "flows/flow-rows"
