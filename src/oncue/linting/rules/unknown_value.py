"""A value is not among those that its key allows.

The message lists what there is, or says what was meant; some things that other systems have do not exist here.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["customer"]
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

RULE = Rule(Code.UNKNOWN_VALUE)
