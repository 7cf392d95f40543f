"""A flow is switched off, and nothing says why.

Some day nobody knows whether it may be switched on again, or deleted. A `description` is enough.

Example:

```toml
# flows/welcome.toml
name = "Welcome"
enabled = false

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello!"
```

Instead:

```toml
# flows/welcome.toml
name = "Welcome"
description = "Off until the new text is agreed."
enabled = false

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello!"
```
"""

from collections.abc import Iterator

from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.rule import Rule


def find(context: Context) -> Iterator[Problem]:
    """Flows that are switched off and have no description."""
    for flow in context.workspace.flows.values():
        if not flow.enabled and not flow.description.strip():
            message = "the flow is switched off, and has no description that says why"
            suggestion = "say in description why it is kept, or delete it"
            yield RULE.of_flow(flow.id, ("enabled",), message, suggestion)


RULE = Rule(Code.SWITCHED_OFF, "hint", find)
