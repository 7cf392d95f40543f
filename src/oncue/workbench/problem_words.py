"""What is wrong with a flow in the words of its form, for whoever looks at the form.

Files and commands say it in the words of the files: *trigger.participant_types: an empty list matches nothing*. Who has
just switched a chip off has seen no list.
"""

from collections.abc import Mapping

from oncue.domain.flows import Flow
from oncue.domain.problems import Code, KeyPath, Problem, dotted
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.workbench.condition_forms import FORMS

_LABELS: Mapping[str, str] = {
    "name": "Name",
    "description": "About",
    "tags": "Tags",
    "channel": "Channel",
    "instance": "Instance",
    "event": "When",
    "message_types": "Types",
}


def problem_words(problem: Problem, flow: Flow) -> str:
    """*Written by: nothing is on, so it never runs*."""
    return ": ".join(filter(None, (place_words(problem.path, flow), message_words(problem))))


def message_words(problem: Problem) -> str:
    """*nothing is on, so it never runs*."""
    if problem.code == Code.MATCHES_NOTHING:
        in_trigger = problem.path[:1] == ("trigger",)
        return f"nothing is on, so {'it never runs' if in_trigger else 'nobody is told'}"
    return problem.message


def place_words(path: KeyPath, flow: Flow) -> str:
    """The field of the form that ``path`` in the file is about; nothing for all of the flow."""
    inner = path[1:] if path[:1] == ("trigger",) else path
    match inner:
        case ("steps", int(at), *_):
            return f"Step {at + 1}"
        case ("when", str(key), *_):
            return FORMS[key].label if key in FORMS else key
        case ("participant_types", *_):
            return EVENT_KINDS[flow.trigger.event].role
        case (str(key), *_):
            return _LABELS.get(key, dotted(path))
    return ""
