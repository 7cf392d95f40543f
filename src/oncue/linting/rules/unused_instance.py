"""No flow starts on an instance.

Whoever writes there gets no answer from any flow. That may be meant; otherwise a flow lists the wrong instance, or none
was written yet.

Example:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]
instance = "wa-main"

[[steps]]
type = "send_message"
text = "Hello!"

# workspace.toml
name = "Two numbers"

[[instances]]
id = "wa-main"
channel = "whatsapp"
name = "Main number"

[[instances]]
id = "wa-shop"
channel = "whatsapp"
name = "Shop"
```

Instead:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello!"

# workspace.toml
name = "Two numbers"

[[instances]]
id = "wa-main"
channel = "whatsapp"
name = "Main number"

[[instances]]
id = "wa-shop"
channel = "whatsapp"
name = "Shop"
```
"""

from collections.abc import Iterator

from oncue.domain.paths import CONFIG_FILE
from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.rule import Rule


def find(context: Context) -> Iterator[Problem]:
    """Instances on which no flow that is switched on listens; none in a workspace without flows."""
    if not context.flows or not context.complete:
        return
    triggers = [flow.trigger for flow in context.flows]
    named = {(each.channel, each.instance) for each in triggers}
    for number, each in enumerate(context.config.instances):
        if not named & {(each.channel, None), (each.channel, each.id)}:
            path = ("instances", number, "id")
            message = f"no flow starts on {context.config.channel_label(each.channel)} · {each.name}"
            yield Problem(CONFIG_FILE, message, RULE.code, path, severity=RULE.severity)


RULE = Rule(Code.UNUSED_INSTANCE, "hint", find)
