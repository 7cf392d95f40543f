"""An empty list matches nothing.

A list that is left out lets everybody through, and an empty one nobody: the flow never starts. That looks like an
accident, and to switch a flow off there is `enabled = false`.

`--fix` takes the list of a trigger out and switches the flow off, which does the same and says so.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = []
```

Instead:

```toml
# flows/reply.toml
name = "Reply"
enabled = false
description = "Off until the new text is agreed."

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.MATCHES_NOTHING, fixes=True)
