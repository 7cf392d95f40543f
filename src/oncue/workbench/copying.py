"""What can be copied: the open flow in several forms, and the conversation as it was played."""

import shlex
from typing import NamedTuple

from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.wording import flow_sentence
from oncue.simulation.transcript import as_row, transcript
from oncue.workbench.state import State


class Copyable(NamedTuple):
    """A text, and what it is."""

    label: str
    text: str


def copyable(state: State, folder: str) -> list[Copyable]:
    """What there is to copy in ``state``; ``folder`` is that of the workspace, as a command would be given it."""
    found = []
    if state.flow is not None:
        found.append(Copyable("Id", state.flow.id))
        found.append(Copyable("Sentence", flow_sentence(state.flow, state.workspace.config)))
    lines = [
        as_row(line)
        for result in state.results
        if result.trace is not None
        for line in transcript(result.trace, state.workspace)
    ]
    if lines:
        found.append(Copyable("Transcript", "\n".join(lines)))
    timeline = state.timeline
    if timeline is not None and timeline.scenario is not None:
        found.append(Copyable("Command", shlex.join(("oncue", "simulate", folder, timeline.scenario))))
    elif state.results:
        found.append(Copyable("Command", _match(state.results[-1].event, folder)))
    return found


def _match(event: ScenarioEvent, folder: str) -> str:
    """The command that explains ``event`` as the simulator does."""
    words = ["oncue", "match", folder, "--event", event.event, "--instance", event.instance]
    if event.participant is not None and event.participant.type is not None:
        words += ["--from", event.participant.type]
    if event.message is not None:
        words += ["--type", event.message.type] if event.message.type else []
        words += ["--text", event.message.text] if event.message.text else []
    return shlex.join([*words, "--explain"])


def first_line(text: str) -> str:
    """The beginning of a text, to be recognised by."""
    return text.strip().partition("\n")[0][:60]
