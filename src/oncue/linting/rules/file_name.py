"""The name of a file cannot be an id.

The id of a flow or a scenario is the name of its file: 1 to 64 of `a-z`, `0-9` and `-`. A file with another name is not
read.

Example:

```toml
# flows/Welcome (1).toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
```

Instead:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.FILE_NAME)
