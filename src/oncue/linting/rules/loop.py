"""Flows start each other again and again.

What a flow does causes events, and flows listen to events of flows too, as long as they do not say otherwise. On some
channels what a flow writes comes back as written by a bot or an agent (`flows_write_as`), so leaving out `flow` is not
enough there.

The finding names the flows of a round, and the step and the event that lead from each to the next. Every loop that is
reported has been played: it went round. A round that keeps itself from starting again, with a label that it adds or
`once_per`, is none.

Example:

```toml
# flows/reply.toml
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"

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
once_per = "conversation"

[[steps]]
type = "send_message"
text = "Hello!"
```
"""

from collections.abc import Iterator
from itertools import pairwise

from oncue.analysis.causes import Edge
from oncue.analysis.causes import Loop as Candidate
from oncue.domain.problems import Code, Problem
from oncue.domain.wording import event_clause
from oncue.linting.context import Context
from oncue.linting.loop_playing import Played
from oncue.linting.rule import Rule
from oncue.linting.wording import chain, link
from oncue.text import listed


def find(context: Context) -> Iterator[Problem]:
    """Loops of the graph of causes that go round in the simulator."""
    for loop, played in context.loops:
        yield _finding(loop, played, context)


def _finding(loop: Candidate, played: Played, context: Context) -> Problem:
    ring = _from_lowest(played.ring)
    edges = [_edge(one, other, loop, context) for one, other in pairwise(ring)]
    on = listed([context.config.by_id[each].name for each in loop.instances[:3]])
    more = f" and {len(loop.instances) - 3} more" if len(loop.instances) > 3 else ""
    links = "; ".join(link(edge, context.config) for edge in edges[:6] if edge is not None)
    begins = event_clause(played.event, context.config)
    rest = "" if played.cut else ", and something grows in each round"
    message = f"a loop on {on}{more}: {chain(ring)}{rest}. {links}. It begins when {begins}"
    first = next((edge for edge in edges if edge is not None), None)
    path = ("name",) if first is None else ("steps", first.step - 1, "type")
    suggestion = (
        f"narrow the trigger of {ring[-2]} so that it leaves out what flows cause, "
        'such as participant_types = ["contact"], or add once_per or cooldown'
    )
    return RULE.of_flow(ring[0], path, message, suggestion)


def _from_lowest(ring: tuple[str, ...]) -> tuple[str, ...]:
    """The ring from the flow with the lowest id on."""
    flows = ring[:-1]
    at = flows.index(min(flows))
    return (*flows[at:], *flows[:at], flows[at])


def _edge(one: str, other: str, loop: Candidate, context: Context) -> Edge | None:
    return context.causes.edge(one, other, loop.instances[0])


RULE = Rule(Code.LOOP, "error", find)
