"""A scenario expects nothing.

It passes whatever the flows do, and looks like a test. Say which flows each event starts with `expect`; `expect = []`
is that none does.

Example:

```toml
# scenarios/new.toml
name = "A new customer"

[[events]]
event = "conversation_created"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
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

from collections.abc import Iterator

from oncue.domain.paths import scenario_file
from oncue.domain.problems import Code, Problem
from oncue.linting.context import Context
from oncue.linting.rule import Rule


def find(context: Context) -> Iterator[Problem]:
    """Scenarios without events, or without anything that is expected of them."""
    for scenario in context.workspace.scenarios.values():
        if not any(event.checked for event in scenario.events):
            message = "expects nothing of its events" if scenario.events else "has no events"
            yield Problem(
                scenario_file(scenario.id),
                f"the scenario {message}, so it always passes",
                RULE.code,
                ("name",),
                severity=RULE.severity,
                suggestion="add expect to its events: the ids of the flows that start, or []",
            )


RULE = Rule(Code.CHECKS_NOTHING, "warning", find)
