r"""SQL: the decision table for any database, and a view that joins events to it.

The view reads a table or view ``oncue_events`` that you make of your events. An event that states an instance by one of
its external ids, or no channel, is looked up first, as everywhere in oncue.

Only texts in single quotes are used, with quotes doubled, and no text ever has a backslash or a control character,
which engines read differently: MySQL takes ``\'`` for a quote. In names they are shown by a picture; an external id
with one cannot be looked up.
"""

import re
from collections.abc import Iterable

from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import Unsaid, conditions_unsaid, exact, steps_unsaid
from oncue.exporters.table import ANY, UNSTATED, Row, rows
from oncue.text import visible

LABEL = "SQL"
FILE = "oncue.sql"

_WIDTH = 255
"""Characters of a text column. Engines cut or refuse what is longer."""

_TABLES = f"""\
-- Decisions of oncue. '{ANY}' agrees with everything, '{UNSTATED}' with what is not stated.
-- Where decision is 'sometimes', the conditions of the flow decide, which oncue_flows names.
--
-- Events are read from a table or view that you make:
--   oncue_events (id, event, channel, instance, participant_type, message_type), NULL for what is not stated

DROP VIEW IF EXISTS oncue_matches;
DROP TABLE IF EXISTS oncue_decisions;
DROP TABLE IF EXISTS oncue_instances;
DROP TABLE IF EXISTS oncue_flows;

CREATE TABLE oncue_flows (
  flow VARCHAR(64) NOT NULL PRIMARY KEY,
  name VARCHAR({_WIDTH}) NOT NULL,
  conditions VARCHAR({_WIDTH}) NOT NULL
);
CREATE TABLE oncue_instances (
  name VARCHAR({_WIDTH}) NOT NULL PRIMARY KEY,
  instance VARCHAR(64) NOT NULL,
  channel VARCHAR(64) NOT NULL
);
CREATE TABLE oncue_decisions (
  flow VARCHAR(64) NOT NULL,
  event VARCHAR(64) NOT NULL,
  channel VARCHAR(64) NOT NULL,
  instance VARCHAR(64) NOT NULL,
  participant_type VARCHAR(64) NOT NULL,
  message_type VARCHAR(64) NOT NULL,
  decision VARCHAR(16) NOT NULL
);
"""

_VIEW = f"""
CREATE VIEW oncue_matches AS
SELECT e.id, d.flow, d.decision
FROM oncue_events e
LEFT JOIN oncue_instances i ON i.name = e.instance
JOIN oncue_decisions d
  ON d.event = e.event
  AND d.channel = COALESCE(e.channel, i.channel)
  AND (d.instance = '{ANY}' OR d.instance = COALESCE(i.instance, e.instance))
  AND (d.participant_type = '{ANY}' OR d.participant_type = COALESCE(e.participant_type, '{UNSTATED}'))
  AND (d.message_type = '{ANY}' OR d.message_type = COALESCE(e.message_type, '{UNSTATED}'));
"""


def export(job: Job, /) -> Exported:
    """Tables, their rows, and the view."""
    flows = [(each.flow.id, each.flow.name, ", ".join(each.open)) for each in job.starting()]
    names = [
        (name, instance.id, instance.channel)
        for name, instance in sorted(job.config.by_name.items())
        if name is not None and _is_safe(name)
    ]
    text = "".join(
        (
            _TABLES,
            _inserts("oncue_flows", ("flow", "name", "conditions"), flows),
            _inserts("oncue_instances", ("name", "instance", "channel"), names),
            _inserts("oncue_decisions", Row._fields, rows(job)),
            _VIEW,
        )
    )
    unsafe = tuple(
        Unsaid(f"instances {each.id}.external_ids", "a backslash or control character, which engines read differently")
        for each in job.config.instances
        if not all(map(_is_safe, each.external_ids))
    )
    rules = tuple(
        exact(
            each,
            job.grid,
            (
                *conditions_unsaid(each.open, "only named; its rows say sometimes"),
                *steps_unsaid(each.flow, "left to who reads the view"),
                *unsafe,
            ),
        )
        for each in job.narrowed
    )
    return Exported({FILE: text}, rules)


def _is_safe(text: str) -> bool:
    return visible(text) == text and "\\" not in text and len(text) <= _WIDTH


def literal(text: str) -> str:
    """A text in quotes that every engine reads alike."""
    shown = visible(text, _WIDTH).replace("\\", "＼")
    return "'" + shown.replace("'", "''") + "'"


def _inserts(table: str, columns: Iterable[str], values: Iterable[tuple[str, ...]]) -> str:
    """A statement for each row, so that a small edit is a small difference."""
    names = ", ".join(columns)
    lines = (f"INSERT INTO {table} ({names}) VALUES ({', '.join(map(literal, row))});\n" for row in values)
    text = "".join(lines)
    return re.sub(r"\A(?=.)", "\n", text)
