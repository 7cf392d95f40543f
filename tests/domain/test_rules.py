"""Ids and slugs keep their rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.rules import check_flow_id, check_slug, flow_id_from, is_slug


@pytest.mark.parametrize("good", ["a", "0", "welcome-whatsapp", "a" * 64, "9-"])
def test_flow_ids(good: str) -> None:
    assert check_flow_id(good) == good


@pytest.mark.parametrize(
    "bad",
    ["", "-a", "A", "a_b", "a.b", "a b", "../a", "a/b", "a\\b", "a\n", "a" * 65, "ä", "con", "nul", "com1", "lpt0"],
)
def test_what_is_no_flow_id(bad: str) -> None:
    with pytest.raises(ValueError, match=r"expected|device"):
        check_flow_id(bad)


@pytest.mark.parametrize("good", ["a", "live_chat", "wa-support-nl", "0", "a" * 64])
def test_slugs(good: str) -> None:
    assert check_slug(good) == good


@pytest.mark.parametrize("bad", ["", "_a", "-a", "A", "a b", "a.b", "a\n", "a" * 65, "whatsapp:+31"])
def test_what_is_no_slug(bad: str) -> None:
    assert not is_slug(bad)
    with pytest.raises(ValueError, match="expected"):
        check_slug(bad)


def test_none_is_no_slug() -> None:
    assert not is_slug(None)


@given(st.text(max_size=200), st.sets(st.sampled_from(["flow", "a", "a-2", "con-flow"])))
def test_any_name_gives_a_free_flow_id(name: str, taken: set[str]) -> None:
    flow_id = flow_id_from(name, taken)
    assert check_flow_id(flow_id) not in taken


@pytest.mark.parametrize(
    ("name", "flow_id"),
    [
        ("Welcome: on WhatsApp!", "welcome-on-whatsapp"),
        ("  ", "flow"),
        ("日本", "riben"),
        ("Привет", "privet"),
        ("مرحبا", "mrhb"),
        ("Żółw", "zolw"),
        ("Été à la plage", "ete-a-la-plage"),
        ("São Paulo", "sao-paulo"),
        ("größe", "grosse"),
        ("🌿" * 14, "herb-herb-herb-herb-herb-herb-herb-herb-herb-herb-herb-h"),
        ("\u200b", "flow"),
        ("CON", "con-flow"),
        ("Straße", "strasse"),
        ("a" * 100, "a" * 56),
    ],
)
def test_flow_ids_from_names(name: str, flow_id: str) -> None:
    assert flow_id_from(name) == flow_id


def test_a_taken_flow_id_gets_a_number() -> None:
    assert flow_id_from("a", {"a", "a-2"}) == "a-3"
