"""Nothing is filled in in a step.

An empty message reaches a customer as an empty message; other empty steps do nothing. A step starts out empty in the
app, so this is a warning.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
once_per = "day"

[[steps]]
type = "send_message"
text = ""
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
once_per = "day"

[[steps]]
type = "send_message"
text = "We have your message."
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.EMPTY_STEP, "warning")
