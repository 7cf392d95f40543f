"""The view is run by SQLite, and by DuckDB where it is installed, over the whole event space."""

import sqlite3
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import HOSTILE, exported, flow, hostile, workspace_of, workspaces

from oncue.analysis.decisions import decide
from oncue.analysis.grid import Grid
from oncue.domain.events import EventKey
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher

EVENTS = """
CREATE TABLE oncue_events (
  id INTEGER, event VARCHAR(64), channel VARCHAR(64), instance VARCHAR(255),
  participant_type VARCHAR(64), message_type VARCHAR(64)
)
"""


def script(workspace: Workspace) -> str:
    (text,) = exported("sql", workspace).files.values()
    return text


def in_sqlite(text: str, keys: list[EventKey]) -> list[Any]:
    database = sqlite3.connect(":memory:")
    try:
        database.execute(EVENTS)
        database.executescript(text)
        database.executemany("INSERT INTO oncue_events VALUES (?,?,?,?,?,?)", enumerate_keys(keys))
        return database.execute("SELECT id, flow, decision FROM oncue_matches").fetchall()
    finally:
        database.close()


def enumerate_keys(keys: list[EventKey]) -> list[tuple[object, ...]]:
    return [(number, *key) for number, key in enumerate(keys)]


def expected(workspace: Workspace, keys: list[EventKey]) -> list[tuple[int, str, str]]:
    """What the core answers, flow by flow and key by key."""
    config, grid = workspace.config, Grid(workspace.config)
    found = []
    for each in workspace.flows.values():
        decided = decide(each, config)
        always, sometimes = (grid.keys_of(each.trigger, whos) for whos in decided)
        for number, key in enumerate(keys):
            bit = grid.bit(config.resolve_key(key))
            if bit & (always | sometimes):
                found.append((number, each.id, "always" if bit & always else "sometimes"))
    return sorted(found)


def every_key(workspace: Workspace) -> list[EventKey]:
    """The whole space, and events that name an instance only, by any of its names."""
    grid = Grid(workspace.config)
    keys = list(grid.every_key(grid.keys))
    named = [key for key in keys if key.instance == "wa-1"]
    return [
        *keys,
        *(key._replace(channel=None, instance="whatsapp:+447700900101") for key in named),
        *(key._replace(channel=None) for key in named),
        EventKey("message_created", None, "nowhere", "contact", "text"),
        EventKey("message_created", None, None, "contact", "text"),
    ]


@thorough
@given(workspaces)
def test_sqlite_answers_as_the_core_does(workspace: Workspace) -> None:
    keys = every_key(workspace)
    assert sorted(in_sqlite(script(workspace), keys)) == expected(workspace, keys)


@thorough
@given(workspaces)
def test_duckdb_answers_as_the_core_does(workspace: Workspace) -> None:
    duckdb = pytest.importorskip("duckdb")
    keys = every_key(workspace)[::7]
    with duckdb.connect(":memory:") as database:
        database.execute(EVENTS)
        database.execute(script(workspace))
        database.executemany("INSERT INTO oncue_events VALUES (?,?,?,?,?,?)", enumerate_keys(keys))
        found = database.execute("SELECT id, flow, decision FROM oncue_matches").fetchall()
    assert sorted(found) == expected(workspace, keys)


def test_it_can_be_loaded_again() -> None:
    text = script(workspace_of([flow("a")]))
    keys = [EventKey("message_created", "whatsapp", "wa-1", "contact", "text")]
    assert in_sqlite(text + text, keys) == [(0, "a", "always")]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text_for_every_engine(name: str) -> None:
    workspace = hostile(name)
    text = script(workspace)
    assert "\\" not in text  # which some engines take for an escape
    assert all(line.isprintable() for line in text.split("\n"))
    assert len(in_sqlite(text, every_key(workspace)[:1])) == 1
    assert text.count("CREATE TABLE oncue_flows") == 1


def test_an_external_id_that_engines_read_differently_is_left_out_and_reported() -> None:
    config = replaced(CONFIG, instances=(replaced(CONFIG.instances[1], external_ids=("a\\b", "fine")),))
    outcome = exported("sql", workspace_of([flow("a")], config))
    assert [each.field for each in outcome.losses[0].unsaid] == ["instances wa-2.external_ids"]
    assert "'fine'" in outcome.files["oncue.sql"]


def test_an_event_that_contradicts_itself_is_answered_as_by_the_matcher() -> None:
    workspace = workspace_of([flow("a", channel="email"), flow("b", instance="wa-1"), flow("c", channel="whatsapp")])
    key = EventKey("message_created", "email", "wa-1", "contact", "text")
    assert in_sqlite(script(workspace), [key]) == [(0, "a", "always")]
    assert list(compile_matcher(workspace).match_key(key)) == ["a"]
