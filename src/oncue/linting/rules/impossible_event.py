"""An event of a scenario cannot happen in its conversation.

Somebody leaves who is not there, or writes before there is a conversation. `oncue test` finds this when it plays the
scenario; `oncue check` does not play. If the refusal is the point, say `expect_refusal = true`.

Example:

```toml
# scenarios/new.toml
name = "Somebody leaves"

[[events]]
event = "participant_removed"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
expect = []
```

Instead:

```toml
# scenarios/new.toml
name = "Somebody leaves"

[[events]]
event = "participant_removed"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
expect_refusal = true
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.IMPOSSIBLE_EVENT)
