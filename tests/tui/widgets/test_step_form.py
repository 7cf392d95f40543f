"""The fields of a step: made of its fields, filled, typed into; what is told is about the step it was typed for."""

import pytest
from tests.tui.widgets.bare import Bench, bench
from textual.widget import Widget
from textual.widgets import TextArea

from oncue.domain.steps import (
    STEP_TYPES,
    AddNote,
    CloseConversation,
    RemoveParticipant,
    SendMessage,
    StepType,
    form_of,
    new_step,
)
from oncue.domain.values import fields_of
from oncue.tui.widgets.step_form import Place, StepChanged, StepFields, StepForm


def changes(user: Bench) -> list[tuple[Place, str, object]]:
    return [(each.place, each.name, each.value) for each in user.told if isinstance(each, StepChanged)]


async def settled(user: Bench) -> None:
    await user.app.workers.wait_for_complete()
    await user.pilot.pause()


def names(form: StepForm) -> list[str]:
    return [widget.name for widget in form.query("*") if widget.name]


@pytest.mark.parametrize("kind", STEP_TYPES)
async def test_each_kind_has_a_widget_for_each_of_its_fields(kind: StepType) -> None:
    step = new_step(kind)
    form = StepForm()
    async with bench(form, (60, 20)) as user:
        form.show(Place("f", 0, kind), step, None)
        await settled(user)
        assert names(form) == list(fields_of(step))
        assert changes(user) == [], "to fill a field is no change"


def test_no_kind_has_two_texts_in_which_placeholders_are_completed() -> None:
    for kind in STEP_TYPES:
        texts = [form for form in form_of(kind).values() if form.kind in ("text", "name", "attributes")]
        assert len(texts) <= 1, kind


async def test_what_is_typed_is_told_for_its_step_even_when_another_is_seen_already() -> None:
    form = StepForm()
    async with bench(form, (60, 20)) as user:
        here, there = Place("f", 0, "add_note"), Place("g", 3, "add_note")
        form.show(here, AddNote(text="one"), None)
        await settled(user)
        form.enter()
        await user.press("x")
        assert changes(user) == [(here, "text", "onex")]
        old = form.query_one(StepFields)
        form.query_one(TextArea).text = "late"
        form.show(there, AddNote(text="two"), None)
        await settled(user)
        assert changes(user) == [(here, "text", "late")]
        assert form.query_one(StepFields) is not old
        assert form.query_one(TextArea).text == "two"


async def test_a_field_that_is_typed_into_is_not_overwritten_by_what_it_told_before() -> None:
    form = StepForm()
    place = Place("f", 0, "add_note")
    async with bench(form, (60, 20)) as user:
        form.show(place, AddNote(text=""), None)
        await settled(user)
        form.enter()
        await user.press("a", "b")
        form.show(place, AddNote(text="a"), place.merge_key("text"))
        assert form.query_one(TextArea).text == "ab", "the step is behind"
        form.show(place, AddNote(text="undone"), None)
        assert form.query_one(TextArea).text == "undone"


async def test_entering_waits_for_the_fields_and_another_kind_keeps_the_focus() -> None:
    form = StepForm()
    async with bench(form, (60, 20)) as user:
        form.show(Place("f", 0, "add_note"), AddNote(text="one"), None)
        form.enter()
        await settled(user)
        assert isinstance(user.app.focused, TextArea)
        form.query_one("Choice", Widget).focus()
        await user.pilot.pause()
        form.show(Place("f", 0, "send_message"), SendMessage(text="one"), None)
        await settled(user)
        assert user.app.focused is not None
        assert user.app.focused.name == "type"
        form.show(Place("f", 0, "close_conversation"), CloseConversation(), None)
        form.enter()
        await settled(user)
        assert user.app.focused is not None
        assert user.app.focused.name == "type", "the only field there is"


async def test_quick_changes_of_the_step_end_at_the_last() -> None:
    form = StepForm()
    async with bench(form, (60, 20)) as user:
        for at, kind in enumerate(STEP_TYPES):
            form.show(Place("f", at, kind), new_step(kind), None)
            if at % 2:
                await user.pilot.pause()
        await settled(user)
        assert len(form.query(StepFields)) == 1
        assert names(form) == ["type"]


async def test_an_emptied_name_is_none_only_where_it_may_be() -> None:
    form = StepForm()
    async with bench(form, (60, 20)) as user:
        place = Place("f", 0, "remove_participant")
        form.show(place, RemoveParticipant(participant_type="bot", name="B"), None)
        await settled(user)
        form.query_one("Field", Widget).focus()
        await user.press("backspace")
        assert changes(user) == [(place, "name", None)]
