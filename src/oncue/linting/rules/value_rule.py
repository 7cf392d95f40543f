"""A value breaks the rule of its key.

Names have letters that file systems and messages can stand, numbers a range, and texts that name something are not
empty.

Example:

```toml
# flows/reply.toml
name = ""

[trigger]
event = "message_created"
channel = "whatsapp"
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

RULE = Rule(Code.RULE)
