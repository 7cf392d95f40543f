"""The real program in a process of its own: pipes, signals, what is imported."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oncue import __version__
from oncue.cli.command_table import COMMANDS

LINE = b'{"event":"conversation_created","channel":"whatsapp","participant":{"type":"contact"}}\n'
FLOW = '"event":"conversation_created"'
SAMPLE = Path(__file__).parents[2] / "sample_workspace"
PROGRAM = [sys.executable, "-m", "oncue"]
LIST_MODULES = """
import sys
from oncue.cli.main import main
sys.argv[0] = "oncue"
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


def oncue(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **environment}, check=False)


def imported(*arguments: object) -> set[str]:
    command = [sys.executable, "-c", LIST_MODULES, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


def test_version_imports_next_to_nothing() -> None:
    assert not imported("--version") & {"click", "pydantic", "textual", "rich", "json", "pathlib", "importlib.metadata"}


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_needs_neither_pydantic_nor_textual(arguments: list[str]) -> None:
    assert not imported(*arguments) & {"pydantic", "textual", "rich", "rtoml"}


@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_matching_imports_no_screen_and_no_writer(workspace: Path, explain: list[str]) -> None:
    loaded = imported("match", workspace, "--event", "message_created", *explain)
    assert not loaded & {"textual", "rich", "tomli_w", "pydantic"}


@pytest.mark.parametrize("arguments", [["simulate", SAMPLE, "kiosk-visit"], ["test", SAMPLE]], ids=str)
def test_playing_imports_no_screen_no_writer_and_no_xml(arguments: list[object]) -> None:
    loaded = imported(*arguments)
    assert not loaded & {"textual", "rich", "tomli_w", "xml", "pydantic"}


def test_without_a_terminal_the_app_is_not_imported(workspace: Path) -> None:
    command = [sys.executable, "-c", LIST_MODULES, str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stderr.startswith("oncue: the app needs a terminal")
    assert not set(done.stderr.split()) & {"textual", "rich", "pydantic"}


def test_version_and_statuses() -> None:
    assert oncue("--version").stdout.decode().split() == ["oncue", __version__]
    assert oncue("--nonsense").returncode == 2


def with_a_closed_pipe(arguments: list[object], read: int = 0) -> tuple[int, bytes]:
    """Status and stderr of a run whose reader goes away after ``read`` bytes."""
    process = subprocess.Popen([*PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(read)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    return process.wait(20), said


@pytest.mark.parametrize("stdin", [b"", LINE * 20_000])
def test_a_closed_pipe_ends_it_quietly(workspace: Path, tmp_path: Path, stdin: bytes) -> None:
    events = tmp_path / "events.jsonl"
    events.write_bytes(stdin)
    asked = [events] if stdin else ["--event", "message_created"]
    assert with_a_closed_pipe(["match", workspace, *asked], 10 if stdin else 0) == (0, b"")


@pytest.mark.parametrize("arguments", [["simulate", SAMPLE, "kiosk-visit"], ["test", SAMPLE, "-v"]], ids=str)
def test_a_closed_pipe_ends_playing_quietly(arguments: list[object]) -> None:
    assert with_a_closed_pipe(arguments) == (0, b"")


def test_answers_come_before_more_is_waited_for(workspace: Path) -> None:
    command = [*PROGRAM, "match", str(workspace), "-", "--format", "json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(LINE)
            process.stdin.flush()
            assert process.stdout.readline().endswith(b'"matched":["welcome"],"depends":[]}\n')
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_interrupting_it_says_nothing(workspace: Path) -> None:
    command = [*PROGRAM, "match", str(workspace), "-"]
    pipe = subprocess.PIPE
    # Whoever runs the tests in the background may have switched the signal off, and children would inherit that.
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=_hear_interrupts) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(LINE)
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read().strip() == b""


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("arguments", [["--version"], ["schema", "flow"], ["--help"]])
def test_a_full_disk_is_told(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"no space left on device" in done.stderr


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no peak of one process alone")
@pytest.mark.parametrize("style", ["text", "json"])
def test_input_of_any_size_is_not_kept(workspace: Path, tmp_path: Path, style: str) -> None:
    # Not `ru_maxrss`, which begins with the memory of the process that started this one.
    program = (
        "import sys; from oncue.cli.main import main\ntry: main()\nfinally:\n"
        " print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')), file=sys.stderr)"
    )

    def peak(lines: int) -> int:
        events = tmp_path / "events.jsonl"
        events.write_bytes(LINE * lines)
        command = [sys.executable, "-c", program, "match", str(workspace), str(events), "--format", style]
        done = subprocess.run(command, capture_output=True, check=True)
        return int(done.stderr.split()[1])

    assert peak(100_000) < peak(1_000) * 1.1


def test_a_bug_in_oncue_is_one_line(workspace: Path) -> None:
    code = (
        "import sys; sys.argv = ['oncue', 'schema', 'flow']\n"
        "import oncue.cli.commands.schema as broken; broken.SCHEMAS = 1\n"
        "from oncue.cli.main import main; main()"
    )
    for debug, lines in (("0", 1), ("1", 5)):
        environment = {**os.environ, "ONCUE_DEBUG": debug}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
        assert done.returncode == 70
        assert done.stdout == b""
        assert done.stderr.endswith(b"(a bug in oncue; ONCUE_DEBUG=1 shows the traceback)\n")
        assert done.stderr.count(b"\n") >= lines
        assert (b"Traceback" in done.stderr) is (debug == "1")


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_any_locale_will_do(workspace: Path, locale: str) -> None:
    done = oncue("match", workspace, "--event", "message_created", LC_ALL=locale, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "✗ no flow runs" in done.stdout.decode()
