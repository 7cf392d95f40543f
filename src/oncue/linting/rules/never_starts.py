"""No event starts the flow.

Its trigger waits for messages by flows, on instances that show what flows write as written by somebody else
(`flows_write_as`). Such a message never comes there.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "live_chat"
participant_types = ["flow"]

[[steps]]
type = "add_note"
text = "{{message.text}}"
```

Instead:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "live_chat"
participant_types = ["bot"]

[[steps]]
type = "add_note"
text = "{{message.text}}"
```
"""

from collections.abc import Iterator

from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.rule import Rule
from oncue.linting.wording import types


def find(context: Context) -> Iterator[Problem]:
    """Flows that listen to flows only, where none is shown as one."""
    for flow in context.flows:
        trigger = flow.trigger
        if trigger.event != "message_created" or trigger.participant_types != frozenset(("flow",)):
            continue
        heard = context.config.instances_of(trigger.channel)
        shown = frozenset(each.flows_write_as for each in heard if trigger.instance in (None, each.id))
        if shown and "flow" not in shown:
            message = f"no message is by a flow there: what flows write is shown as written by {types(shown)}"
            suggestion = "name that type in participant_types, if you mean what flows write"
            yield RULE.of_flow(flow.id, ("trigger", "participant_types"), message, suggestion)


RULE = Rule(Code.NEVER_STARTS, "warning", find)
