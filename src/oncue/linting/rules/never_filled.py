"""A placeholder of a message stands in a flow that no message starts.

Only *Message created* has a message. In a flow on another event the customer always reads “(unknown)”.

Example:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "You wrote: {{message.text}}"
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
text = "Hello {{participant.name}}!"
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.NEVER_FILLED)
