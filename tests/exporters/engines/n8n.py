"""n8n imports the workflow, is started, and gets every event of the space by its webhook."""

import json
import os
import re
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.exporters.engines.common import FLOWS, check_started, events_of, post, wait_for, workspace
from tests.exporters.space import HOSTILE, exported, workspace_of

from oncue.domain.values import replaced

PORT = 18_890
QUIET = {
    "N8N_DIAGNOSTICS_ENABLED": "false",
    "N8N_VERSION_NOTIFICATIONS_ENABLED": "false",
    "N8N_TEMPLATES_ENABLED": "false",
    "N8N_RUNNERS_ENABLED": "false",
    "N8N_EXPRESSION_ENGINE": "legacy",
    "N8N_LISTEN_ADDRESS": "127.0.0.1",
    "N8N_PORT": str(PORT),
    "EXECUTIONS_DATA_PRUNE": "false",
    "NO_COLOR": "1",
}
"""It calls nobody, and forgets nothing."""


def n8n(modules: Path, folder: Path) -> str:
    """Post every event, and read in its database which nodes were run."""
    named = [replaced(each, name=name) for each, name in zip(FLOWS, HOSTILE, strict=False)]
    outcome = exported("n8n", workspace_of(named, replaced(workspace().config, name=HOSTILE[6])))
    (text,) = outcome.files.values()
    (folder / "n8n.json").write_text(text, encoding="utf-8")
    program = ["node", str(modules / "n8n/bin/n8n")]
    environment = {**os.environ, **QUIET, "N8N_USER_FOLDER": str(folder)}
    for command in (
        [f"--input={folder / 'n8n.json'}", "import:workflow"],
        ["--all", "--active=true", "update:workflow"],
    ):
        done = subprocess.run([*program, *reversed(command)], env=environment, capture_output=True, check=False)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*program, "start"], stdout=log, stderr=log, env=environment)
    try:
        wait_for(server, folder / "log", "Editor is now accessible")
        events = events_of(outcome)
        (path,) = [each["parameters"]["path"] for each in json.loads(text)["nodes"] if "webhook" in each["type"]]
        for event in events:
            post(f"http://127.0.0.1:{PORT}/webhook/{path}", event)
        started = _started(folder / ".n8n/database.sqlite", len(events))
    finally:
        server.terminate()
        server.wait()
    check_started(outcome, started)
    return f"n8n: {len(events)} events started {len(started)} times what the loss report says"


def _started(database: Path, number: int) -> set[tuple[str, int]]:
    """Which flows were started by which events, when all ``number`` executions are over."""
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        for _ in range(600):
            (over,) = connection.execute("SELECT count(*) FROM execution_entity WHERE status = 'success'").fetchone()
            if over == number:
                break
            time.sleep(0.1)
        assert over == number, (over, number)
        found = [_run(json.loads(row[0])) for row in connection.execute("SELECT data FROM execution_data")]
    assert len({event for event, _ in found}) == number
    return {(flow, event) for event, flows in found for flow in flows}


def _run(data: list[Any]) -> tuple[int, list[str]]:
    """The event of an execution, and the flows that it started.

    Its data are a list of values that name each other by their index; what was run is the one with a key for each node.
    """
    (event,) = {int(each[6:]) for each in data if isinstance(each, str) and re.fullmatch(r"event-\d+", each)}
    (nodes,) = [each for each in data if isinstance(each, dict) and "Event" in each]
    return event, [name.removeprefix("Start ") for name in nodes if name.startswith("Start ")]
