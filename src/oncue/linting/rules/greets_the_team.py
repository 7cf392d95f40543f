"""A welcome goes out in conversations that the team starts.

An agent, a campaign or an integration writes first, and the customer is greeted as if they had: *Hello, how can we
help?* A welcome lists whom it is for: `participant_types = ["contact"]`.

A flow for conversations that only the team starts is meant so, and is not reported.

Example:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"

[[steps]]
type = "send_message"
text = "Hello!"
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
from oncue.linting.deeds import reply_of
from oncue.linting.rule import Rule


def find(context: Context) -> Iterator[Problem]:
    """Flows that send a message when a contact starts a conversation, and when the team does."""
    for flow in context.flows:
        whos = context.decided[flow.id].starts
        team = whos & {"agent", "access_key", "connector"}
        if flow.trigger.event != "conversation_created" or reply_of(flow) is None or "contact" not in whos or not team:
            continue
        yield RULE.of_flow(
            flow.id,
            ("trigger",) if flow.trigger.participant_types is None else ("trigger", "participant_types"),
            "this welcome also goes out in conversations that agents, campaigns or integrations start",
            'participant_types = ["contact"] keeps it for customers who write first',
        )


RULE = Rule(Code.GREETS_THE_TEAM, "warning", find)
