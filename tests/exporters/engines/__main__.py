"""``python -m tests.exporters.engines NODE_MODULES``: exports run by Node-RED and read by Mermaid, the real programs.

They come from npm (``npm i node-red@4.1.8 mermaid jsdom@26``), which takes two minutes, so this is no test. Node-RED is
started with the export of a workspace, and every event of its space is posted; which flows start has to be what the
loss report says. Mermaid parses the charts of workspaces of hostile names.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.exporters.space import HOSTILE, event_json, exported, flow, hostile, workspace_of

PORT = 18_880
FLOWS = [
    flow("every"),
    flow("contact", by="contact", instance="wa-1"),
    flow("not-contact", "conversation_created", when={"started_by": frozenset({"agent", "bot"})}),
    flow("starter", "conversation_created", when={"started_by": frozenset({"contact"}), "labels": ("vip",)}),
    flow("joins", "participant_added", by=("agent", "bot"), channel="email"),
    flow("types", of=("text", "image"), channel="kiosk"),
    flow("off", enabled=False),
]


def main() -> None:
    """Run both."""
    modules = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(f"{node_red(modules, Path(folder))}\n")
        sys.stdout.write(f"{mermaid(modules, Path(folder))}\n")


def node_red(modules: Path, folder: Path) -> str:
    """Post every event of the space."""
    outcome = exported("node-red", workspace_of(FLOWS))
    (text,) = outcome.files.values()
    nodes: list[dict[str, Any]] = json.loads(text)
    (entry,) = [each for each in nodes if each["type"] == "http in"]
    for each in nodes:
        if each["type"] == "debug":  # so that it can be seen from outside
            each["console"] = True
    (folder / "flows.json").write_text(json.dumps(nodes), encoding="utf-8")
    (folder / "settings.js").write_text(
        f"module.exports = {{flowFile: 'flows.json', uiPort: {PORT}, uiHost: '127.0.0.1',"
        " telemetry: {enabled: false}, debugMaxLength: 10000}\n",
        encoding="utf-8",
    )
    program = modules / "node-red/red.js"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            ["node", str(program), "-u", str(folder), "-s", str(folder / "settings.js")],
            stdout=log,
            stderr=log,
            env={**os.environ, "NO_COLOR": "1"},
        )
    try:
        _wait_for(folder / "log", "Started flows")
        keys = list(outcome.job.grid.every_key(outcome.job.grid.keys))
        for number, key in enumerate(keys):
            _post(f"http://127.0.0.1:{PORT}{entry['url']}", {"id": f"event-{number}", **event_json(key)})
        time.sleep(2)
    finally:
        server.terminate()
        server.wait()
    log_text = (folder / "log").read_text(encoding="utf-8")
    started: set[tuple[str, int]] = set()
    for name, rest in re.findall(r"\[debug:([a-z-]+): [^\]]*\]([^\[]*)", log_text):
        for number in re.findall(r"event-(\d+)", rest):
            started.add((name, int(number)))
    decided = {each.flow.id: each.decided for each in outcome.job.narrowed}
    expected: set[tuple[str, int]] = set()
    for loss in outcome.losses:
        own = outcome.job.grid.keys_that_start(loss.rule.flow, decided[loss.flow_id])
        wanted = (own | loss.gained) & ~loss.lost
        expected |= {(loss.flow_id, number) for number, key in enumerate(keys) if outcome.job.grid.bit(key) & wanted}
    assert started == expected, (len(started), len(expected), sorted(started ^ expected)[:5])
    return f"Node-RED: {len(keys)} events started {len(started)} times what the loss report says"


def mermaid(modules: Path, folder: Path) -> str:
    """Parse the charts of hostile workspaces."""
    script = folder / "parse.mjs"
    source = json.dumps((modules / "mermaid/dist/mermaid.core.mjs").as_uri())
    script.write_text(
        f"const {{JSDOM}} = await import({json.dumps((modules / 'jsdom/lib/api.js').as_uri())});\n"
        "const {window} = new JSDOM('');\n"
        "Object.assign(globalThis, {window, document: window.document});\n"
        f"const {{default: mermaid}} = await import({source});\n"
        "import {readFileSync} from 'node:fs';\n"
        "for (const file of process.argv.slice(2))\n"
        "  console.log((await mermaid.parse(readFileSync(file, 'utf8'))).diagramType);\n",
        encoding="utf-8",
    )
    files = []
    for number, workspace in enumerate([workspace_of(FLOWS), *map(hostile, HOSTILE)]):
        (text,) = exported("mermaid", workspace).files.values()
        files.append(folder / f"{number}.mmd")
        files[-1].write_text(text, encoding="utf-8")
    ran = subprocess.run(["node", str(script), *map(str, files)], capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["flowchart-v2"] * len(files), ran.stdout + ran.stderr
    return f"Mermaid: {len(files)} charts parsed"


def _wait_for(log: Path, text: str) -> None:
    for _ in range(600):
        if text in log.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.1)
    raise TimeoutError(log.read_text(encoding="utf-8", errors="replace"))


def _post(url: str, event: dict[str, Any]) -> None:
    request = urllib.request.Request(url, json.dumps(event).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()


main()
