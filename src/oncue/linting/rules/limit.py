"""Something is larger or deeper than what is read.

The limits are far above what people write: they keep a broken or hostile file from taking all memory. They are in [flow
files](../flow-files.md).

Example:

```toml
# flows/reply.toml
# two megabytes of one text
```

Instead:

```toml
# flows/reply.toml
# a flow
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.LIMIT)
