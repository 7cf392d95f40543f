"""Two flows both send a message for one event.

The customer gets two replies at once. Usually a general flow and a special one were meant to take turns: flows do not
stop each other, all that match start. The finding names an event that starts both.

If both have conditions, and these can hold for one event but need not, it is a hint: two keywords can stand in one
message. What is sent after a `wait` is no second reply.

Example:

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

# flows/welcome-shop.toml
name = "Welcome to the shop"

[trigger]
event = "conversation_created"
channel = "whatsapp"
instance = "wa-main"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello! Is it about an order?"
```

Instead:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
outside_hours = ["office"]

[[steps]]
type = "send_message"
text = "Hello!"

# flows/welcome-shop.toml
name = "Welcome to the shop"

[trigger]
event = "conversation_created"
channel = "whatsapp"
instance = "wa-main"
participant_types = ["contact"]

[when]
during_hours = ["office"]

[[steps]]
type = "send_message"
text = "Hello! Is it about an order?"
```
"""

from collections.abc import Iterator

from oncue.domain.flows import Flow
from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.deeds import reply_of
from oncue.linting.pairs import pairs
from oncue.linting.rule import Rule
from oncue.linting.wording import example


def find(context: Context) -> Iterator[Problem]:
    """A flow that replies where an earlier or a more general one replies as well."""
    for pair in pairs(context, lambda flow: None if reply_of(flow) is None else flow.id):
        both = example(pair.witness, (pair.flow, pair.other), context.config)
        if pair.always:
            message = f"{pair.other.id} sends a message for the same event, so the customer gets two{both}"
        else:
            message = f"{pair.other.id} can send a message for the same event as well{both}"
        yield RULE.of_flow(
            pair.flow.id,
            ("steps", _number(pair.flow), "type"),
            message,
            "narrow one of the two triggers, add a condition that only one of them has, or join them",
            severity="warning" if pair.always else "hint",
        )


def _number(flow: Flow) -> int:
    number = reply_of(flow)
    return 0 if number is None else number


RULE = Rule(Code.DOUBLE_REPLY, "warning", find)
