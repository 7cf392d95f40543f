"""A scenario expects a flow that its event cannot start.

The flow listens to another event, channel, instance or participant, is switched off, or can never start, so the
scenario always fails. `expect` has the flows that the event itself starts; what these cause is in `expect_effects`.

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

# scenarios/new.toml
name = "A new customer"

[[events]]
event = "conversation_created"
instance = "wa-main"
participant = { type = "agent", name = "Jane" }
expect = ["welcome"]
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

# scenarios/new.toml
name = "A new customer"

[[events]]
event = "conversation_created"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
expect = ["welcome"]
```
"""

from collections.abc import Iterator

from oncue.domain.events import EventKey
from oncue.domain.paths import scenario_file
from oncue.domain.problems import Code, Problem
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.workspace import WorkspaceConfig
from oncue.linting.context import Context
from oncue.linting.rule import Rule
from oncue.matching.semantics import CLAUSES, resolved_verdicts


def find(context: Context) -> Iterator[Problem]:
    """Expected flows whose triggers do not match the event."""
    for scenario in context.workspace.scenarios.values():
        for number, event in enumerate(scenario.events):
            for flow_id in event.expect or ():
                if why := _why_not(flow_id, event, context):
                    path = ("events", number, "expect")
                    message = f"{flow_id} cannot start on this event: {why}"
                    yield Problem(scenario_file(scenario.id), message, Code.EXPECTS_WRONG_FLOW, path)


def _why_not(flow_id: str, event: ScenarioEvent, context: Context) -> str:
    flow, key = context.workspace.flows.get(flow_id), _key(event, context.config)
    if flow is None or key is None:
        return ""
    for clause, holds in zip(CLAUSES, resolved_verdicts(flow, key), strict=True):
        if not holds:
            return _WORDS[clause]
    return "" if key.participant_type in context.decided[flow_id].starts else "its conditions never hold there"


def _key(event: ScenarioEvent, config: WorkspaceConfig) -> EventKey | None:
    """What matching sees of the event; nothing if its instance is not installed."""
    instance = config.by_id.get(event.instance)
    if instance is None:
        return None
    who, message = event.participant, event.message
    kind, what = None if who is None else who.type, None if message is None else message.type
    return EventKey(event.event, instance.channel, instance.id, kind, what)


_WORDS = {
    "enabled": "it is switched off",
    "event": "it listens to another event",
    "channel": "it listens on another channel",
    "instance": "it listens on another instance",
    "participant_types": "it does not listen to such participants",
    "message_types": "it does not listen to such messages",
}


RULE = Rule(Code.EXPECTS_WRONG_FLOW, "error", find)
