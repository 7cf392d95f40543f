"""What all engines are given: a workspace, every event of its space, and what the loss report says of them."""

import json
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.exporters.space import event_json, flow, workspace_of

from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
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


OTHER_NAMES = ("+31 (0)20 123", "a|b.c", "^$ [x] {1}")
"""External ids of the instance ``wa-1``, of signs that mean something in a pattern."""


def workspace() -> Workspace:
    """The flows, on instances that have external ids."""
    plain = workspace_of(FLOWS)
    first, *others = plain.config.instances
    assert first.id == "wa-1"
    config = replaced(plain.config, instances=(replaced(first, external_ids=OTHER_NAMES), *others))
    return workspace_of(FLOWS, config)


def events_of(outcome: Outcome) -> list[dict[str, Any]]:
    """Every event of the space, numbered by its id. The instance ``wa-1`` goes by all its names."""
    names = ("wa-1", *OTHER_NAMES)
    keys = outcome.job.grid.every_key(outcome.job.grid.keys)
    events = [{"id": f"event-{number}", **event_json(key)} for number, key in enumerate(keys)]
    for number, event in enumerate(events):
        if event.get("instance") == "wa-1":
            event["instance"] = names[number % len(names)]
    return events


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
