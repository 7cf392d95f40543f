"""docs/importing.md: its receiver receives, its importer imports, and it knows every provider."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.importers.samples import SAMPLES, form_of, lines_of, twilio_message

from oncue.cli.capture_options import PROVIDERS
from oncue.importers.catalogue import IMPORTERS
from oncue.importers.found import Importer
from oncue.importers.memory import MOST
from oncue.importers.recorded import RecordedEvent
from oncue.importers.repeats import MOST as MOST_REPEATS
from oncue.storage.captures import GROUP, Capture

PAGE = (Path(__file__).parents[2] / "docs/importing.md").read_text(encoding="utf-8")
RECEIVER, PLUGIN = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port on which the receiver of the page listens, and the file that it writes."""
    script, file = tmp_path / "receiver.py", tmp_path / "deliveries.jsonl"
    script.write_text(RECEIVER, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, str(script), str(file), str(port)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(400):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, file
    finally:
        process.kill()
        process.wait()


def test_the_receiver(receiver: tuple[int, Path]) -> None:
    port, file = receiver
    bodies = [lines_of([SAMPLES["chatwoot"][0]]), form_of(twilio_message()).encode(), b'{"challenge":\n"abc"}']
    answers = []
    for body in bodies:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", data=body, method="POST")
        with urllib.request.urlopen(request, timeout=20) as answer:
            answers.append(answer.read())
    assert answers == [b"", b"", b"abc"]
    found = list(Capture().read([file.read_bytes()], "deliveries.jsonl"))
    assert [each.provider for each in found if isinstance(each, RecordedEvent)] == ["chatwoot", "twilio"]
    assert len([line for line in RECEIVER.splitlines() if line]) <= 20


def test_the_importer_of_the_page() -> None:
    names: dict[str, object] = {}
    exec(compile(PLUGIN, "importing.md", "exec"), names)
    acme = names["ACME"]
    assert isinstance(acme, Importer)
    capture = Capture(known={**IMPORTERS, "acme": acme})
    event, skipped = capture.read([b'{"acme": "hello", "id": "1"}\n{"acme": "bye"}'], "acme.jsonl")
    assert isinstance(event, RecordedEvent)
    assert (event.provider, event.conversation) == ("acme", "1")
    assert getattr(skipped, "kind", None) == "bye"
    assert GROUP in PAGE


def test_every_provider_is_there() -> None:
    assert set(PROVIDERS) == {"auto", *IMPORTERS}
    first, where, states = (
        set(re.findall(r"`([a-z-]+)`", " ".join(line.split("|")[1] for line in table.splitlines())))
        for table in re.findall(r"^\| provider .*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    )
    assert first == set(IMPORTERS)
    assert where == states == set(IMPORTERS) - {"oncue"}


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{MOST:,} conversations" in PAGE
    assert f"{MOST_REPEATS:,}" in PAGE
