"""The content of a file is not valid TOML.

Nothing of the file is used, so a flow in it does not run. The message names the line and, where it can be told, what is
missing.

Example:

```toml
# flows/reply.toml
name = "Reply

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

RULE = Rule(Code.SYNTAX)
