"""``python -m tests.exporters.engines NODE_MODULES``: exports run by n8n and Node-RED, and read by Mermaid.

These are the real programs, from npm (CONTRIBUTING.md says how), which takes minutes, so this is no test. Those that
are in the folder NODE_MODULES are run: n8n and Node-RED with the export of a workspace, and every event of its space is
posted; which flows start has to be what the loss report says. Mermaid parses the charts of workspaces of hostile names.
The exit status is not 0 if one of them does otherwise, or none is there.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.exporters.engines.common import check_started, events_of, post, wait_for, workspace
from tests.exporters.engines.n8n import n8n
from tests.exporters.space import HOSTILE, exported, hostile

PORT = 18_880


def main() -> None:
    """Run those that are there."""
    modules = Path(sys.argv[1]).resolve()
    engines = {"n8n": n8n, "node-red": node_red, "mermaid": mermaid}
    here = [run for name, run in engines.items() if (modules / name).is_dir()]
    if not here:
        sys.exit(f"{modules}: none of {', '.join(engines)} is installed there")
    for run in here:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(f"{run(modules, Path(folder))}\n")


def node_red(modules: Path, folder: Path) -> str:
    """Post every event of the space."""
    outcome = exported("node-red", workspace())
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
        wait_for(server, folder / "log", "Started flows")
        events = events_of(outcome)
        for event in events:
            post(f"http://127.0.0.1:{PORT}{entry['url']}", event)
        time.sleep(2)
    finally:
        server.terminate()
        server.wait()
    log_text = (folder / "log").read_text(encoding="utf-8")
    started: set[tuple[str, int]] = set()
    for name, rest in re.findall(r"\[debug:([a-z-]+): [^\]]*\]([^\[]*)", log_text):
        for number in re.findall(r"event-(\d+)", rest):
            started.add((name, int(number)))
    check_started(outcome, started)
    return f"Node-RED: {len(events)} events started {len(started)} times what the loss report says"


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
    for number, each in enumerate([workspace(), *map(hostile, HOSTILE)]):
        (text,) = exported("mermaid", each).files.values()
        files.append(folder / f"{number}.mmd")
        files[-1].write_text(text, encoding="utf-8")
    ran = subprocess.run(["node", str(script), *map(str, files)], capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["flowchart-v2"] * len(files), ran.stdout + ran.stderr
    return f"Mermaid: {len(files)} charts parsed"


main()
