"""Two flows start on exactly the same events.

Trigger and conditions are the same, so both always start together, in the order of their ids. One flow with the steps
of both says the same and cannot drift apart. If the steps are the same as well, one of them is a forgotten copy, and
this is a warning. Two flows that both send a message are [OC406](OC406.md).

Example:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "add_label"
label = "new"

# flows/route.toml
name = "Route"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "assign_team"
team = "Harbour office"
```

Instead:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "add_label"
label = "new"

[[steps]]
type = "assign_team"
team = "Harbour office"
```
"""

from collections.abc import Iterator

from oncue.domain.flows import Flow
from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.deeds import assigned_by, reply_of
from oncue.linting.rule import Rule


def find(context: Context) -> Iterator[Problem]:
    """Flows with the trigger and the conditions of an earlier one."""
    first: dict[object, Flow] = {}
    for flow in context.flows:
        other = first.setdefault((flow.trigger, flow.when), flow)
        if other is flow or _said_otherwise(flow, other):
            continue
        if flow.steps == other.steps:
            message = f"a copy of {other.id}: trigger, conditions and steps are the same"
            yield RULE.of_flow(flow.id, ("trigger",), message, "delete one of the two", severity="warning")
        else:
            message = f"starts on exactly the events on which {other.id} starts"
            suggestion = "one flow with the steps of both says the same"
            yield RULE.of_flow(flow.id, ("trigger",), message, suggestion)


def _said_otherwise(flow: Flow, other: Flow) -> bool:
    """Whether `double_reply` or `order_decides` has more to say about them."""
    if reply_of(flow) is not None and reply_of(other) is not None:
        return True
    mine, theirs = assigned_by(flow), assigned_by(other)
    return None not in (mine, theirs) and mine != theirs


RULE = Rule(Code.DUPLICATE, "hint", find)
