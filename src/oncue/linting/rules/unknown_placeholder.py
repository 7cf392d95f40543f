"""Something looks like a placeholder and is none.

It is sent as it is, and a customer reads `{{agent.name}}`. Placeholders are a fixed set that is replaced by look-up:
there are no filters, no conditions, and no other notation.

In braces nothing else can have been meant, which is an error; in the notation of another system it is a warning, as it
may be meant literally. `--fix` writes a placeholder as it is written here, if only one can have been meant.

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
text = "Hello {{participant.name | upper}}!"
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
text = "Hello {{participant.name}}!"
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.UNKNOWN_PLACEHOLDER, fixes=True)
