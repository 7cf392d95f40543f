"""What a flow had under an event or on a channel that it has again.

Another event hides the types of messages, and another channel the instance; both have to leave the flow, because a
file must not say what does not hold. But who looks at another event and comes back expects to find what was there.
Nothing is kept for that: undo knows every moment of the session, and the last one with that event or channel has it.
"""

from collections.abc import Iterator

from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.editing.identities import identity_of
from oncue.editing.session import Session


def recalled(session: Session, after: Workspace, flow_id: str) -> Workspace:
    """``after``, an edit of ``session`` that gave a flow another event or channel, with what the flow had there."""
    flow, before = after.flows[flow_id], session.workspace.flows[flow_id]
    trigger = flow.trigger
    earlier = [each.trigger for each in _earlier(session, flow_id)]
    if trigger.event != before.trigger.event:
        same = next((each for each in earlier if each.event == trigger.event), None)
        if same is not None:
            trigger = replaced(trigger, message_types=same.message_types)
    if trigger.channel != before.trigger.channel:
        there = next((each for each in earlier if each.channel == trigger.channel), None)
        if there is not None and _installed(there, after):
            trigger = replaced(trigger, instance=there.instance)
    return after if trigger == flow.trigger else after.with_flow(replaced(flow, trigger=trigger))


def _installed(trigger: Trigger, workspace: Workspace) -> bool:
    own = workspace.config.instances_of(trigger.channel)
    return trigger.instance is None or any(each.id == trigger.instance for each in own)


def _earlier(session: Session, flow_id: str) -> Iterator[Flow]:
    """The flow as it was in each moment of the session, the last one first, whatever it was called then."""
    now = session.workspace.flows[flow_id]
    own = identity_of(now, session.identities).flow
    yield now
    moment = session.undo_chain
    while moment is not None:
        flows, identities = moment.workspace.flows, moment.identities
        same = flows.get(flow_id)
        if same is None or identity_of(same, identities).flow is not own:
            same = next((each for each in flows.values() if identity_of(each, identities).flow is own), None)
        if same is not None:
            yield same
        moment = moment.earlier
