"""Conditions can never hold, alone or together.

Every line of `[when]` has to hold. If two of them cannot, such as a label that has to be on the conversation and must
not be, the flow never starts. Contradictions are found by solving the conditions, so this is certain.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
labels = ["vip"]
without_labels = ["vip", "spam"]
once_per = "day"

[[steps]]
type = "send_message"
text = "Hello!"
```

Instead:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
labels = ["vip"]
without_labels = ["spam"]
once_per = "day"

[[steps]]
type = "send_message"
text = "Hello!"
```
"""

from collections.abc import Iterator

from oncue.analysis.decisions import contradiction
from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.rule import Rule
from oncue.text import listed


def find(context: Context) -> Iterator[Problem]:
    """Flows whose conditions contradict each other, where that does not show in two lines alone."""
    shown_as = {each.flows_write_as for each in context.config.instances}
    for flow in context.workspace.flows.values():
        said = context.of_single_flows[flow.id]
        # A flow that is shown as a bot is not in the conversation, so that no bot need be.
        if (
            flow.when is None
            or said
            or context.decided[flow.id].starts
            or (flow.when.absent and flow.when.absent & shown_as)
        ):
            continue
        if keys := contradiction(flow, context.config):
            together = "never holds on these events" if len(keys) == 1 else "never hold together on these events"
            message = f"{listed([*keys])} {together}, so the flow never starts"
            yield RULE.of_flow(flow.id, ("when", keys[-1]), message)


RULE = Rule(Code.NEVER_HOLDS, "error", find)
