"""No scenario expects the flow to start.

If the flow stops starting, no test notices. Workspaces without scenarios are left alone.

Example:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello!"

# scenarios/new.toml
name = "A new customer"

[[events]]
event = "conversation_created"
instance = "support-mail"
participant = { type = "contact", name = "Jane" }
expect = []
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
type = "send_message"
text = "Hello!"

# scenarios/new.toml
name = "A new customer"

[[events]]
event = "conversation_created"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
expect = ["welcome"]
```
"""

from collections.abc import Iterator

from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.rule import Rule


def find(context: Context) -> Iterator[Problem]:
    """Flows that are switched on and in no ``expect``."""
    scenarios = context.workspace.scenarios.values()
    if not scenarios:
        return
    expected = {flow_id for each in scenarios for event in each.events for flow_id in event.expect or ()}
    for flow in context.flows:
        if flow.id not in expected:
            yield RULE.of_flow(
                flow.id,
                ("name",),
                "no scenario expects this flow to start",
                f'play an event that starts it, with expect = ["{flow.id}"]',
            )


RULE = Rule(Code.NOT_COVERED, "hint", find)
