"""A scenario expects a flow that does not exist.

It was renamed or deleted, or its name is misspelt; the scenario fails until that is mended.

Example:

```toml
# scenarios/new.toml
name = "A new customer"

[[events]]
event = "conversation_created"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
expect = ["welcome"]
```

Instead:

```toml
# scenarios/new.toml
name = "A new customer"

[[events]]
event = "conversation_created"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
expect = []
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.UNKNOWN_FLOW)
