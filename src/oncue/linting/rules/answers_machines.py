"""A reply goes to bots, flows or integrations as well.

The flow sends a message when a contact writes or joins, and its trigger lets machines through, too. A campaign, an API
message or the team's own bot is then answered as if a customer had written. Most of these triggers only lack
`participant_types = ["contact"]`.

A flow that listens to machines alone is meant so, and is not reported; nor is one that is reported as a loop.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact", "bot"]

[when]
once_per = "conversation"

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
once_per = "conversation"

[[steps]]
type = "send_message"
text = "Hello!"
```
"""

from collections.abc import Iterator

from oncue.domain.problems import Code, Problem
from oncue.domain.vocabulary import ParticipantType
from oncue.linting.context import Context
from oncue.linting.deeds import reply_of
from oncue.linting.rule import Rule
from oncue.linting.wording import types

_MACHINES: frozenset[ParticipantType] = frozenset({"bot", "flow", "access_key", "connector", "automation"})


def find(context: Context) -> Iterator[Problem]:
    """Flows that reply to contacts and to machines."""
    looping = {flow_id for _, played in context.loops for flow_id in played.ring}
    for flow in context.flows:
        trigger, whos = flow.trigger, context.decided[flow.id].starts
        heard: frozenset[ParticipantType] = frozenset(each for each in _MACHINES if each in whos)
        if trigger.event not in ("message_created", "participant_added") or reply_of(flow) is None:
            continue
        if "contact" not in whos or not heard or flow.id in looping:
            continue
        is_open = trigger.participant_types is None
        who = "anybody: bots, flows and integrations too" if is_open else f"{types(heard)} as well"
        yield RULE.of_flow(
            flow.id,
            ("trigger",) if is_open else ("trigger", "participant_types"),
            f"this reply goes to {who}",
            'participant_types = ["contact"] narrows it to customers',
        )


RULE = Rule(Code.ANSWERS_MACHINES, "warning", find)
