"""A required key is missing.

Without it the file says too little to be used.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
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

RULE = Rule(Code.MISSING_KEY)
