"""The table is read back by Python's own reader, and no cell is a formula."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, exported, flow, hostile, workspace_of, workspaces

from oncue.analysis.decisions import WHO, decide
from oncue.analysis.grid import Grid
from oncue.domain.workspace import Workspace
from oncue.workbench.escaping import csv_cell


def rows_of(workspace: Workspace) -> list[dict[str, str]]:
    (text,) = exported("csv", workspace).files.values()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@thorough
@given(workspaces)
def test_rows_are_the_decisions(workspace: Workspace) -> None:
    rows, grid = rows_of(workspace), Grid(workspace.config)
    for each in workspace.flows.values():
        decided = decide(each, workspace.config)
        own = [row for row in rows if row["flow"] == each.id]
        for key in list(grid.every_key(grid.keys))[:: len(WHO) + 2]:
            values = (key.event, key.channel, key.instance, key.participant_type, key.message_type)
            columns = ("event", "channel", "instance", "participant_type", "message_type")
            found = {
                row["decision"]
                for row in own
                if all(row[name] in ("*", value or "?") for name, value in zip(columns, values, strict=True))
            }
            bit = grid.bit(key)
            expected = {
                name
                for name, whos in (("always", decided.always), ("sometimes", decided.sometimes))
                if grid.keys_of(each.trigger, whos) & bit
            }
            assert found == expected


def test_a_row() -> None:
    (row,) = rows_of(workspace_of([flow("a", by="contact", of="text", instance="wa-1")]))
    assert row == {
        "flow": "a",
        "event": "message_created",
        "channel": "whatsapp",
        "instance": "wa-1",
        "participant_type": "contact",
        "message_type": "text",
        "decision": "always",
        "name": "A",
        "sentence": "When a contact sends a text message on WhatsApp · Rentals, do nothing.",
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_no_formulas(name: str) -> None:
    for row in rows_of(hostile(name)):
        assert all(text == "*" or not re.match(r"\s*[=+\-@|%]", text) for text in row.values())


@given(st.text())
def test_a_cell_is_read_as_what_it_shows(text: str) -> None:
    ((read,),) = csv.reader(io.StringIO(f"{csv_cell(text)}\n", newline="")) if csv_cell(text) else [("",)]
    assert read.removeprefix("'").isprintable() or not text.isprintable()
    assert not re.match(r"\s*[=+\-@]", read)
