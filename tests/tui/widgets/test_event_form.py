from tests.tui.widgets.bare import bench

from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.event_form import TEXT, EventForm
from oncue.tui.widgets.field import Field
from oncue.workbench.event_choices import NAMES

INSTANCES = [Option("wa", "WhatsApp"), Option("mail", "Email")]


async def test_an_event_has_what_the_form_says_and_sensible_words_where_it_says_nothing() -> None:
    form = EventForm()
    async with bench(form, (60, 12)) as user:
        event = form.take_event("message_created")
        assert event.participant is not None and event.message is not None
        assert (event.participant.type, event.participant.name) == ("contact", NAMES["contact"][0])
        assert (event.message.type, event.message.text) == ("text", TEXT)
        form.query_one("#play-who", Choice).focus()
        await user.press("right")
        name = form.query_one("#play-name", Field)
        assert name.placeholder == NAMES["agent"][0]
        name.value = " Ben "
        form.query_one("#play-text", Field).value = "[b]hi[/b]"
        added = form.take_event("participant_added")
        assert added.participant is not None
        assert (added.participant.type, added.participant.name, added.message) == ("agent", "Ben", None)
        written = form.take_event("message_created")
        assert written.message is not None
        assert written.message.text == "[b]hi[/b]"
        assert form.query_one("#play-text", Field).value == "", "the next text can be written"


async def test_enter_in_the_name_goes_to_the_text_and_there_it_sends() -> None:
    form = EventForm()
    async with bench(form, (60, 12)) as user:
        form.query_one("#play-name", Field).focus()
        await user.press("A", "enter", "h", "i")
        assert form.query_one("#play-text", Field).value == "hi"
        assert not [message for message in user.told if isinstance(message, EventForm.Sent)]
        await user.press("enter")
        assert [message for message in user.told if isinstance(message, EventForm.Sent)]


async def test_another_instance_is_asked_for_and_not_taken() -> None:
    form = EventForm()
    async with bench(form, (60, 12)) as user:
        form.show("wa", INSTANCES)
        where = form.query_one("#play-instance", Choice)
        where.focus()
        await user.press("right")
        assert [message.after("wa") for message in user.told if isinstance(message, EventForm.InstanceChosen)] == [
            "mail"
        ]
        assert where.value == "wa"
