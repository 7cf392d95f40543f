"""A flow has no steps.

It starts and does nothing. In `oncue match` and in `expect` it looks as if something happened.

Example:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]
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
```
"""

from collections.abc import Iterator

from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.rule import Rule


def find(context: Context) -> Iterator[Problem]:
    """Flows that are switched on and have no steps."""
    for flow in context.flows:
        if not flow.steps:
            message = "the flow has no steps, so it does nothing when it starts"
            yield RULE.of_flow(flow.id, ("name",), message, "add [[steps]], or delete the flow")


RULE = Rule(Code.NO_STEPS, "warning", find)
