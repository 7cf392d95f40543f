"""A flow listens on a channel of which no instance is installed.

No event can come from there, so the flow never starts. Either the channel is misspelt, or `workspace.toml` lacks an
`[[instances]]` for it.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "viber"
participant_types = ["contact"]
```

Instead:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.UNKNOWN_CHANNEL)
