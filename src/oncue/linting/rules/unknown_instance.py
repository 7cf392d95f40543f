"""An instance is not installed.

A flow on it never starts, and an event of a scenario on it is refused. Flows and scenarios call an instance by its
`id`; its name and its external ids are for people and for real events.

`--fix` puts the id in the place of what people or real events call an instance of the flow's channel.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]
instance = "main"
```

Instead:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]
instance = "wa-main"
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.UNKNOWN_INSTANCE, fixes=True)
