"""A flow answers every message of a contact.

If the contact's mailbox or phone answers automatically as well, as an out-of-office reply does, the two answer each
other for ever. No simulation of the flows alone shows that, as half of the loop is outside. And people find the same
answer after each of their messages annoying.

Limit it with `once_per` or `cooldown`. A flow that asks for words, for somebody, or for the first message is limited
already, and so is one whose own steps keep it from starting again: it adds a label that must not be there, or assigns
somebody where nobody may be responsible.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello!"
```

Instead:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
cooldown = "24h"

[[steps]]
type = "send_message"
text = "Hello!"
```
"""

from collections.abc import Iterator

from oncue.domain.conditions import NOBODY, When
from oncue.domain.flows import Flow
from oncue.domain.problems import Code, Problem
from oncue.domain.steps import (
    AddLabel,
    AddParticipant,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    RemoveLabel,
    Step,
    UpdateContact,
)
from oncue.linting.context import Context
from oncue.linting.deeds import sends
from oncue.linting.rule import Rule

_LIMITS = ("once_per", "cooldown", "text_any", "text_all", "text_starts", "participants")
"""Conditions under which hardly any automatic answer starts the flow again."""

_AUTOMATIC = {"text", "html"}
"""What automatic answers are."""


def find(context: Context) -> Iterator[Problem]:
    """Flows that send something after every text of a contact."""
    refused = context.config.simulation.message_in_closed_conversation == "refused"
    looping = {flow_id for _, played in context.loops for flow_id in played.ring}
    for flow in context.flows:
        number, trigger = sends(flow), flow.trigger
        if number is None or trigger.event != "message_created" or "contact" not in context.decided[flow.id].starts:
            continue
        if trigger.message_types is not None and not trigger.message_types & _AUTOMATIC:
            continue
        if (
            flow.id in looping
            or _is_limited(flow)
            or (refused and any(isinstance(step, CloseConversation) for step in flow.steps))
        ):
            continue
        yield RULE.of_flow(
            flow.id,
            ("steps", number, "type"),
            "answers every message of a contact: an automatic answer to it would be answered again, without end",
            'limit it in [when]: once_per = "conversation", or cooldown = "24h"',
        )


def _is_limited(flow: Flow) -> bool:
    when = flow.when
    if when is None:
        return False
    if when.first_message or any(getattr(when, key) is not None for key in _LIMITS):
        return True
    return any(_ends(step, when) for step in flow.steps)


def _ends(step: Step, when: When) -> bool:
    """Whether the step makes a condition false that held when the flow started."""
    match step:
        case AddLabel():
            return step.label in (when.without_labels or ())
        case RemoveLabel():
            return step.label in (when.labels or ())
        case AssignAgent():
            return when.responsible == NOBODY or step.participant_type in (when.absent or ())
        case AssignTeam():
            return when.responsible == NOBODY
        case AddParticipant():
            return step.participant_type in (when.absent or ())
        case UpdateContact():
            wanted = when.attributes or {}
            return any(key in wanted and wanted[key] != value for key, value in step.attributes.items())
        case CloseConversation():
            return when.reopened is False
    return False


RULE = Rule(Code.ANSWERS_FOREVER, "warning", find)
