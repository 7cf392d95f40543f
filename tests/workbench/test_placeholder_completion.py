"""Placeholders are completed where one is being written, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import CONFIG, flow

from oncue.domain.conditions import When
from oncue.domain.placeholders import is_placeholder, names_in
from oncue.domain.steps import SendMessage, UpdateContact
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.workbench.placeholder_completion import candidates, completed, known_placeholders, opened

EMPTY = Workspace(CONFIG, {})
KNOWN = known_placeholders(EMPTY, "message_created")
NAMES = st.sampled_from(KNOWN)


def after(written: str, name: str) -> str:
    """What becomes of a text with ``|`` for the caret, before and after."""
    before, _, behind = written.partition("|")
    place = opened(before + behind, len(before))
    assert place is not None
    text, caret = completed(before + behind, place, name)
    return f"{text[:caret]}|{text[caret:]}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{|", "{{flow.id}}|"),
        ("Hi {{fl|, you", "Hi {{flow.id}}|, you"),
        ("Hi {{|you", "Hi {{flow.id}}|you"),
        ("{{ fl|", "{{ flow.id}}|"),
        ("{{fl|}}", "{{flow.id}}|"),
        ("{{fl| }}!", "{{flow.id}}|!"),
        ("{{fl|}", "{{flow.id}}|"),
        ("{{fl|ow.name}} and {{flow.name}}", "{{flow.id}}| and {{flow.name}}"),
        ("{{fl| and {{flow.name}}", "{{flow.id}}| and {{flow.name}}"),
        ("{{flow.name}}{{|", "{{flow.name}}{{flow.id}}|"),
    ],
)
def test_what_is_replaced(written: str, expected: str) -> None:
    assert after(written, "flow.id") == expected


@pytest.mark.parametrize("written", ["", "|", "fl|", "{|fl", "{fl|", "{{flow.id}}|", "{{flow id|", "{{\n|"])
def test_where_nothing_is_open(written: str) -> None:
    before, _, behind = written.partition("|")
    assert opened(before + behind, len(before)) is None


def test_three_braces_are_none_of_ours() -> None:
    assert opened("{{{fl", 5) is None


def test_the_names_that_are_offered() -> None:
    def offered(text: str, caret: int | None = None) -> tuple[str, ...]:
        place = opened(text, len(text) if caret is None else caret)
        return candidates(place, KNOWN) if place else ()

    assert offered("{{") == tuple(KNOWN)
    assert offered("{{FLOW") == ("flow.id", "flow.name"), "in any case"
    assert offered("{{name") == ("participant.name", "flow.name"), "none begins so, these have it in them"
    assert offered("{{nothing") == ()
    assert offered("{{flow.id") == ("flow.id",), "it can still be closed"
    assert offered("{{flow.id}}", 9) == (), "what is there already is left out"
    assert offered("{{flow.id}}", 4) == ("flow.name",)


def test_those_that_the_event_fills_come_first_and_attributes_are_those_of_the_workspace() -> None:
    sets = flow("a", "conversation_created", UpdateContact(attributes={"plan": "pro", "name": "no placeholder"}))
    asks = replaced(flow("b", "message_created", SendMessage(text="")), when=When(attributes={"vip": True}))
    there = Workspace(CONFIG, {"a": sets, "b": asks})
    on_message, on_start = (
        known_placeholders(there, "message_created"),
        known_placeholders(there, "conversation_created"),
    )
    assert sorted(on_message) == sorted(on_start)
    assert [each for each in on_message if each.startswith("contact.")] == ["contact.plan", "contact.vip"]
    assert list(on_start[-2:]) == ["message.text", "message.type"]
    assert on_message[-1] == "flow.name"
    assert all(map(is_placeholder, on_message))


@given(st.text("{} .ab\nflowid|"), st.data(), NAMES)
def test_what_stands_outside_is_untouched(text: str, data: st.DataObject, name: str) -> None:
    caret = data.draw(st.integers(0, len(text)))
    place = opened(text, caret)
    if place is None:
        return
    now, behind = completed(text, place, name)
    assert now[: place.start] == text[: place.start] and now[behind:] == text[place.end :]
    assert text[: place.start].rstrip(" ").endswith("{{")
    assert place.start <= caret <= place.end
    assert "{" not in text[place.start : place.end] and "\n" not in text[place.start : place.end]
    assert names_in(now[:behind])[-1:] == [name], "it is a placeholder then"


@given(NAMES, st.integers(0, 30), st.booleans())
def test_a_name_is_found_by_its_beginning(name: str, typed: int, closed: bool) -> None:
    part = name[:typed]
    place = opened(f"{{{{{part}{'}}' if closed else ''}", len(part) + 2)
    assert place is not None
    assert (name in candidates(place, KNOWN)) == (not closed or part != name)
