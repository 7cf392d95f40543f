"""A key does not exist.

A key that is not known is an error and not ignored: whoever wrote `particpant_types` believes that the flow is
narrowed, and it would answer everybody. The message offers what was meant, also for the words of other systems.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
sender_types = ["contact"]
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

RULE = Rule(Code.UNKNOWN_KEY)
