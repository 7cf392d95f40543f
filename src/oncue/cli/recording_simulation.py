"""``oncue simulate [WORKSPACE] RECORDING``: play a recording, or save a conversation of it as a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from oncue.cli.capture_options import check_provider
from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import is_file, opened
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import stdout

if TYPE_CHECKING:
    from oncue.domain.workspace import Workspace
    from oncue.simulation.results import ScenarioResult
    from oncue.workbench.recorded_scenario import RecordedScenario


class RecordingOptions(NamedTuple):
    """The options that are only for recordings."""

    provider: str | None = None
    conversation: str | None = None
    apply: bool = False
    saved_as: str | None = None

    @property
    def names(self) -> list[str]:
        """Those that were given."""
        named = {
            "--from": self.provider,
            "--conversation": self.conversation,
            "--apply": self.apply,
            "--scenario": self.saved_as,
        }
        return [name for name, value in named.items() if value]


def is_recording(name: str, options: RecordingOptions) -> bool:
    """Whether ``name`` is no scenario but a recording."""
    return name == "-" or options.provider is not None or (not name.endswith(".toml") and is_file(name))


def simulate_recording(path: str, name: str, options: RecordingOptions, style: str) -> int:
    """Play the recording ``name`` in the workspace ``path``, or save a conversation of it."""
    from oncue.cli.workspaces import read_workspace
    from oncue.domain.rules import flow_id_from
    from oncue.matching.matcher import compile_matcher
    from oncue.simulation.runner import run_scenario
    from oncue.workbench.recorded_scenario import RecordedScenario, deciding_only

    check_provider(options.provider or "auto")
    workspace = read_workspace(path, with_scenario_problems=False)
    resume_collector()
    is_applied = options.apply or options.saved_as is not None
    recorded = RecordedScenario(workspace.config, options.conversation, without_flows=is_applied)
    readable = _read(name, options.provider or "auto", workspace, recorded)
    called = "stdin" if name == "-" else name
    for sentence in recorded.left_out():
        print_message(f"{called}: {sentence}")
    if options.saved_as is not None:
        return _save(path, options.saved_as, recorded)
    if not recorded.conversations:
        which = "" if options.conversation is None else f" {options.conversation!r}"
        raise UsageError(f"{called}: no conversation{which} to play")
    scenario = recorded.scenario(flow_id_from(Path(name).stem), Path(name).name or name)
    played = workspace if is_applied else deciding_only(workspace)
    result = run_scenario(scenario, played, compile_matcher(played))
    write_result(result, played, style)
    return Exit.OK if readable else Exit.USAGE


def _read(name: str, provider: str, workspace: "Workspace", recorded: "RecordedScenario") -> bool:
    """Add the events of the recording; whether all of it could be read."""
    from oncue.domain.events import Event
    from oncue.domain.problems import Problem
    from oncue.importers.placing import Placing
    from oncue.importers.recorded import RecordedEvent
    from oncue.storage.capture_files import capture_files, chunks_of
    from oncue.storage.captures import Capture

    capture, placing, readable = Capture(provider), Placing(workspace.config), True
    for source in ["-"] if name == "-" else map(str, capture_files([name])):
        with opened(source) as stream:
            for found in capture.read(chunks_of(stream), "stdin" if source == "-" else source):
                if isinstance(found, Problem):
                    print_message(str(found))
                    readable = False
                elif isinstance(found, RecordedEvent):
                    placing.place(found)
                    recorded.add(found.as_event())
                elif isinstance(found, Event):
                    recorded.add(found)
    return readable


def _save(path: str, name: str, recorded: "RecordedScenario") -> int:
    """Save the one conversation of ``recorded`` as the scenario ``name``, with what came of it as expectations."""
    from oncue.domain.fitting import RuleError
    from oncue.domain.rules import flow_id_from
    from oncue.matching.matcher import compile_matcher
    from oncue.simulation.runner import run_scenario
    from oncue.storage.loader import load
    from oncue.storage.saving.save import save_scenario
    from oncue.text import first
    from oncue.workbench.recorded_scenario import as_expected

    found = list(recorded.conversations)
    if len(found) != 1:
        which = f"; it has {first(list(map(repr, found)), 5)}" if found else ""
        raise UsageError(f"--scenario saves one conversation; choose it with --conversation{which}")
    loaded = load(path)
    taken = loaded.workspace.scenarios
    try:
        scenario = recorded.scenario(flow_id_from(name, taken), name)
    except RuleError as error:
        raise UsageError(f"--scenario: {error}") from None
    result = run_scenario(scenario, loaded.workspace, compile_matcher(loaded.workspace))
    _, warnings = save_scenario(loaded, as_expected(scenario, result))
    for warning in warnings:
        print_message(str(warning))
    print_message(f"saved as {Path(path, 'scenarios', scenario.id)}.toml, with what came of it as what is expected")
    return Exit.OK


def write_result(result: "ScenarioResult", workspace: "Workspace", style: str) -> None:
    """Write what came of a scenario to stdout."""
    from oncue.cli.output.scenario_output import text_pieces, write_json

    with stdout() as output:
        if style == "json":
            write_json(result, workspace, output.write)
        else:
            for piece in text_pieces(result, workspace):
                output.write(piece)
