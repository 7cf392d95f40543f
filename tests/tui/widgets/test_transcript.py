from tests.builders import CREATED, flow, workspace
from tests.tui.widgets.bare import bench

from oncue.domain.events import Event
from oncue.domain.steps import SendMessage
from oncue.editing.session import Session
from oncue.tui.widgets.transcript import Transcript
from oncue.workbench.state import State

FLOWS = workspace(
    flow("welcome", "conversation_created", SendMessage(text="Hello and welcome to the harbour")),
    flow("other", "message_created", by="agent"),
)


def played(*events: Event) -> State:
    state = State.start(Session.start(FLOWS))
    for event in events:
        state = state.simulating(lambda simulator, event=event: simulator.sent(event))  # type: ignore[misc]
    return state


def transcript() -> Transcript:
    found = Transcript()
    found.styles.height = "1fr"
    return found


async def test_it_says_what_to_do_while_nothing_has_happened() -> None:
    shown = transcript()
    async with bench(shown, (60, 12)) as user:
        shown.show_state(played())
        assert user.screen[0] == "Nothing has happened yet."


async def test_it_follows_the_conversation_or_stays_on_the_line() -> None:
    shown = transcript()
    async with bench(shown, (60, 12)) as user:
        shown.show_state(played(CREATED), follow=True)
        assert shown.current is not None
        assert "Contact Jane started" in user.screen[0]
        shown.move(2)
        assert shown.current.line == 1
        shown.show_state(played(CREATED))
        assert shown.current.line == 1


async def test_lines_break_elsewhere_in_another_width() -> None:
    shown = transcript()
    async with bench(shown, (80, 14)) as user:
        shown.show_state(played(CREATED), follow=True)
        await user.pilot.pause()
        rows = len(shown.rows)
        await user.pilot.resize_terminal(30, 14)
        await user.pilot.pause()
        assert len(shown.rows) > rows
        assert max(len(line) for line in user.screen) <= 30


async def test_folding_and_explaining() -> None:
    shown = transcript()
    async with bench(shown, (80, 20)):
        shown.show_state(played(CREATED), follow=True)
        rows = len(shown.rows)
        shown.fold()
        assert len(shown.rows) < rows
        shown.fold()
        assert len(shown.rows) == rows
        shown.fold_all()
        assert len(shown.rows) == 1
        shown.fold_all()
        shown.explain(1)
        assert any(row.edit is not None for row in shown.rows)
        assert shown.suggestion is not None, "any line of the event will do"
        shown.explain(1)
        assert len(shown.rows) == rows
