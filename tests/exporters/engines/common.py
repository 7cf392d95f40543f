"""What all engines are given: a workspace, every event of its space, and what the loss report says of them."""

import json
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.exporters.space import event_json, flow

from oncue.exporters.registry import Outcome

FLOWS = [
    flow("every"),
    flow("contact", by="contact", instance="wa-1"),
    flow("not-contact", "conversation_created", when={"started_by": frozenset({"agent", "bot"})}),
    flow("starter", "conversation_created", when={"started_by": frozenset({"contact"}), "labels": ("vip",)}),
    flow("joins", "participant_added", by=("agent", "bot"), channel="email"),
    flow("types", of=("text", "image"), channel="kiosk"),
    flow("off", enabled=False),
]


def events_of(outcome: Outcome) -> list[dict[str, Any]]:
    """Every event of the space, numbered by its id."""
    keys = outcome.job.grid.every_key(outcome.job.grid.keys)
    return [{"id": f"event-{number}", **event_json(key)} for number, key in enumerate(keys)]


def check_started(outcome: Outcome, started: set[tuple[str, int]]) -> None:
    """Flows were started (with the number of the event) as decisions and the loss report say, by these events only."""
    decided = {each.flow.id: each.decided for each in outcome.job.narrowed}
    keys = list(outcome.job.grid.every_key(outcome.job.grid.keys))
    expected: set[tuple[str, int]] = set()
    for loss in outcome.losses:
        own = outcome.job.grid.keys_that_start(loss.rule.flow, decided[loss.flow_id])
        wanted = (own | loss.gained) & ~loss.lost
        expected |= {(loss.flow_id, number) for number, key in enumerate(keys) if outcome.job.grid.bit(key) & wanted}
    assert started == expected, (len(started), len(expected), sorted(started ^ expected)[:5])


def wait_for(server: "subprocess.Popen[bytes]", log: Path, text: str) -> None:
    for _ in range(1_800):
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        if text in log.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.1)
    raise TimeoutError(log.read_text(encoding="utf-8", errors="replace"))


def post(url: str, event: dict[str, Any]) -> None:
    request = urllib.request.Request(url, json.dumps(event).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()
