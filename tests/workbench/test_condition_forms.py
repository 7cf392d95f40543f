"""What is offered when a condition is to be added."""

import pytest
from tests.builders import CONFIG, flow

from oncue.domain.conditions import CONDITIONS, OF_MESSAGES, When
from oncue.domain.hours import Hours
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.tui.widgets.picker import Entry
from oncue.workbench.condition_forms import FORMS, applies, first_value, offers
from oncue.workbench.fuzzy import matching

OFFICE = Hours(id="office", timezone="UTC", from_="09:00", to="17:00")


def test_every_condition_is_offered_in_groups_and_in_words_of_its_own() -> None:
    assert tuple(FORMS) == CONDITIONS
    assert len({form.label for form in FORMS.values()}) == len(FORMS)
    groups = [form.group for form in FORMS.values()]
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index), "those of a group stand together"
    for form in FORMS.values():
        assert len(form.label) + len(form.help) + len(form.group) < 64, "a line of the picker on 80 columns"


def test_conditions_of_messages_are_only_for_messages() -> None:
    for event in EVENT_KINDS:
        refused = {each.key for each in offers(flow("a", event), CONFIG) if "Message created" in each.why_not}
        assert refused == (set() if event == "message_created" else set(OF_MESSAGES))
        assert refused == {key for key in CONDITIONS if not applies(key, event)}


def test_those_that_are_there_are_left_out() -> None:
    there = replaced(flow("a"), when=When(labels=("vip",), reopened=True))
    assert {each.key for each in offers(there, CONFIG)} == set(CONDITIONS) - {"labels", "reopened"}


def test_hours_need_hours() -> None:
    refused = {each.key for each in offers(flow("a"), CONFIG) if each.why_not}
    assert refused == {"during_hours", "outside_hours"}
    assert not any(each.why_not for each in offers(flow("a"), replaced(CONFIG, hours=(OFFICE,))))


def test_what_needs_no_writing_has_a_value_at_once() -> None:
    config = replaced(CONFIG, hours=(OFFICE,))
    found = {key: first_value(key, config) for key in CONDITIONS if first_value(key, config) is not None}
    assert found == {
        "first_message": True,
        "reopened": True,
        "during_hours": ("office",),
        "outside_hours": ("office",),
        "once_per": "conversation",
    }
    for key, value in found.items():
        assert When(**{key: value})
    assert first_value("during_hours", CONFIG) is None


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("keyword", "text_any"),
        ("business hours", "during_hours"),
        ("after hours", "outside_hours"),
        ("assigned", "responsible"),
        ("tag", "labels"),
        ("untagged", "without_labels"),
        ("throttle", "cooldown"),
        ("custom field", "attributes"),
        ("vip", "participants"),
        ("returning", "reopened"),
        ("greeting", "first_message"),
    ],
)
def test_conditions_are_found_by_what_people_call_them(query: str, key: str) -> None:
    entries = [Entry(key, form.label, form.help, form.group, form.synonyms) for key, form in FORMS.items()]
    assert matching(query, entries)[0].value == key
