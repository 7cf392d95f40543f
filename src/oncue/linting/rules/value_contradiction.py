"""Values cannot be together.

Such as an id that is used twice, or `message_types` on an event that is no message. One of them is not meant.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "participant_added"
channel = "whatsapp"
participant_types = ["contact"]
message_types = ["text"]
```

Instead:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]
message_types = ["text"]
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.CONTRADICTION)
