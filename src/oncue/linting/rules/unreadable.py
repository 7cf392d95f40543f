"""A file or folder cannot be read.

The system refuses it, or it is a link that leads out of the workspace. What is in it is not checked, and its flows do
not run here. The rest of the workspace is loaded.

Example:

```toml
# flows/reply.toml -> /elsewhere/reply.toml
# a link to a file outside of the workspace
```

Instead:

```toml
# flows/reply.toml
# the file itself, which its owner may read
```
"""

from oncue.domain.problems import Code
from oncue.linting.rule import Rule

RULE = Rule(Code.UNREADABLE)
