"""The workspace does not have these hours.

Whether it is during hours that nobody defined is never known, so the flow never starts.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
outside_hours = ["opening"]
once_per = "day"

[[steps]]
type = "send_message"
text = "We are closed."
```

Instead:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
outside_hours = ["office"]
once_per = "day"

[[steps]]
type = "send_message"
text = "We are closed."
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.UNKNOWN_HOURS)
