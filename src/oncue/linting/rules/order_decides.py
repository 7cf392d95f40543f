"""Two flows assign on one event, and their order decides who is responsible.

Flows run in the order of their ids, and the last assignment stands. Renaming a flow changes who gets the conversation.
The finding names an event that starts both.

Example:

```toml
# flows/welcome.toml
name = "Welcome"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "assign_team"
team = "Sales"

# flows/vip.toml
name = "VIP"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["contact"]
instance = "wa-main"

[[steps]]
type = "assign_agent"
agent = "Mara Quill"
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
type = "assign_team"
team = "Sales"

# flows/vip.toml
name = "VIP"

[trigger]
event = "conversation_created"
channel = "whatsapp"
participant_types = ["connector"]
instance = "wa-main"

[[steps]]
type = "assign_agent"
agent = "Mara Quill"
```
"""

from collections.abc import Iterator

from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.deeds import assigned_by, assignment_of
from oncue.linting.pairs import pairs
from oncue.linting.rule import Rule
from oncue.linting.wording import example


def find(context: Context) -> Iterator[Problem]:
    """A flow that assigns somebody where an earlier or a more general one assigns somebody else."""
    for pair in pairs(context, assigned_by):
        last = max(pair.flow.id, pair.other.id)
        when = "" if pair.always else " if the conditions of both hold"
        both = example(pair.witness, (pair.flow, pair.other), context.config)
        yield RULE.of_flow(
            pair.flow.id,
            ("steps", assignment_of(pair.flow), "type"),
            f"{pair.other.id} assigns somebody else on the same event{when}; {last} wins, as it runs last{both}",
            "narrow one of the two triggers, or add a condition that only one of them has",
            severity="warning" if pair.always else "hint",
        )


RULE = Rule(Code.ORDER_DECIDES, "warning", find)
