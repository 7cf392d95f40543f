from tests.builders import ANNA, JANE
from tests.tui.widgets.bare import bench

from oncue.domain.conversations import Conversation, Team
from oncue.tui.widgets.conversation_status import ConversationStatus

OPEN = Conversation(
    "c-1", "whatsapp", "wa", started=True, open=True, participants=(JANE, ANNA), attributes={"plan": "pro"}, messages=2
)


async def test_it_says_who_is_there_and_what_is_known() -> None:
    status = ConversationStatus()
    async with bench(status, (140, 4)) as user:
        assert user.screen == []
        status.styles.height = 2
        status.show(OPEN)
        await user.pilot.pause()
        words = " ".join(user.screen)
        assert "open · responsible: nobody · here: Contact Jane, Agent Anna · 2 messages, 0 notes" in words
        assert "plan" in words
        status.show(OPEN._replace(open=False, responsible=ANNA))
        assert user.screen[0].startswith("closed · responsible: Anna")
        status.show(OPEN._replace(responsible=Team("North"), labels=("vip", "late")))
        assert "responsible: North · labels: vip, late · here:" in " ".join(user.screen)
        status.show(None)
        assert user.screen == ["", ""]


async def test_what_has_no_room_is_cut_with_a_sign() -> None:
    status = ConversationStatus()
    status.styles.height = 2
    async with bench(status, (30, 4)) as user:
        status.show(OPEN)
        assert len(user.screen) == 2
        assert user.screen[1].endswith("…")
