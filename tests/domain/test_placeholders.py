"""Placeholders are looked up and never evaluated."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oncue.domain.placeholders import ATTRIBUTE, PLACEHOLDERS, fill, is_placeholder, names_in, no_placeholders_in


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {{participant.name}}!", "Hello Jane!"),
        ("{{ participant.name }}{{participant.name}}", "JaneJane"),
        ("{{nobody.knows}}", "{{nobody.knows}}"),
        ("{participant.name} {{participant.name", "{participant.name} {{participant.name"),
        ("{{}} {{ }} {{participant .name}}", "{{}} {{ }} {{participant .name}}"),
        ("{{{participant.name}}}", "{Jane}"),
    ],
)
def test_fill(text: str, filled: str) -> None:
    assert fill(text, {"participant.name": "Jane"}) == filled


def test_a_value_is_not_searched_again() -> None:
    assert fill("{{participant.name}}", {"participant.name": "{{flow.name}}", "flow.name": "x"}) == "{{flow.name}}"


def test_names() -> None:
    assert names_in("{{ flow.id }} and {{c}} and {{flow.name}}") == ["flow.id", "flow.name"]


@given(st.text(alphabet="{} a.", max_size=60))
def test_filling_what_is_unknown_changes_nothing(text: str) -> None:
    assert fill(text, {}) == text


def test_every_placeholder_is_found_in_a_text() -> None:
    names = [name for name in PLACEHOLDERS if name != ATTRIBUTE]
    assert names_in(" ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)) == names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("contact.plan", True),
        ("contact.größe", True),
        ("contact.plan.since", True),
        ("contact.name", False),
        ("contact.first_name", False),
        ("contact.", False),
        ("contact.plan|upcase", False),
        (ATTRIBUTE, False),
        ("conversation.team", True),
        ("conversation.teams", False),
    ],
)
def test_attributes_of_the_contact_are_placeholders(name: str, found: bool) -> None:
    assert is_placeholder(name) == found
    text = f"{{{{{name}}}}}"
    assert (names_in(text) == [name]) == found
    assert (list(no_placeholders_in(text)) == []) == found


NAME = "write {{participant.name}}"
HERE = "placeholders are written as {{participant.name}} here"
NO_TAGS = "there are no tags and no conditions in texts"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{{ participant.name | default: "there" }}', f"there are no filters; {NAME}"),
        ("{{participant.name|default:'you'}}", f"there are no filters; {NAME}"),
        ("{{ contact.name | upcase }}", f"there are no filters; {NAME}"),
        ("{{ participant name }}", "no such placeholder; did you mean 'participant.name'?"),
        ("{{contact.name}}", "no such placeholder; did you mean 'participant.name'?"),
        ("{{}}", "it names no placeholder"),
        ("{{ }}", "it names no placeholder"),
        ("{{" + "a" * 65 + "}}", "no such placeholder; expected one of: " + ", ".join(PLACEHOLDERS)),
        ("{{1}}", "no such placeholder; expected one of: " + ", ".join(PLACEHOLDERS)),
        (
            "{{conversation.subject}}",
            "no placeholder has the subject of a conversation; expected one of: " + ", ".join(PLACEHOLDERS),
        ),
        ("{{{participant.name}}}", f"there is a brace too many; {NAME}"),
        ("{{participant.name}", f"a brace is missing; {NAME}"),
        ("{participant.name}}", f"a brace is missing; {NAME}"),
        ("{{participant.name", "}} is missing"),
        ("}}", "{{ is missing"),
        ("{% if contact %}", NO_TAGS),
        ("{{#if contact}}", NO_TAGS),
        ("{{ if contact }}", NO_TAGS),
        ("<%= name %>", NO_TAGS),
        ("{participant.name}", NAME),
        ("{name}", NAME),
        ("${name}", NAME),
        ("#{ticket.title}", HERE),
        ("${{ contact.name }}", NAME),
        ("%name%", NAME),
        ("[[name]]", NAME),
        ("<<name>>", NAME),
        ("*|FNAME|*", HERE),
    ],
)
def test_what_looks_like_a_placeholder_and_is_none(text: str, found: str) -> None:
    (one,) = no_placeholders_in(f"Hi {text}, welcome")
    assert one.advice == found
    assert one.written[:40] in text


@pytest.mark.parametrize(
    "text",
    ["Hi {{participant.name}} {{ flow.id }}", "100% of 5 %", "50%off", '{"json": [[1]]}', ":-{ }", "{ }", "[x] {0} $5"],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert list(no_placeholders_in(text)) == []


PIECES = st.sampled_from(
    ["{", "}", "{{", "}}", "{%", "%}", "participant.name", "{{ flow.id }}", "x", " ", "|", "\n", "%", "$"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@example("{{\n}}")
@example("{{\nflow.id\u2003}}")
def test_no_pair_of_braces_is_sent_unnoticed(text: str) -> None:
    filled = fill(text, dict.fromkeys(PLACEHOLDERS, "-"))
    if "{{" in filled or "}}" in filled or "{%" in filled:
        assert list(no_placeholders_in(text))
    elif filled != text and not set("{}%$") & set(filled):
        assert not list(no_placeholders_in(text))


def test_a_huge_text_is_looked_at_quickly() -> None:
    assert list(no_placeholders_in("{{" * 9_000 + "[[" * 9_000 + "%a" * 9_000 + "<%" * 9_000))
