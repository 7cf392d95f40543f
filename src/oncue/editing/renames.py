"""Which flows were renamed in a session, and scenarios that expect them under their new ids.

Nothing remembers a rename: it is found by what is gone, what is new, and which is which. So scenarios follow it
through undo, redo, reloads and restored drafts without being edited themselves.
"""

from collections.abc import Collection, Mapping

from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.editing.identities import Identities, text_source


def renames(
    before: Mapping[str, Flow],
    now: Mapping[str, Flow],
    dirty: Collection[str],
    identities: Identities,
    saved_identities: Identities,
) -> dict[str, str]:
    """The new ids of flows, each with the old id that it took the place of; only ``dirty`` flows can be renamed.

    The session knows what was renamed in it. A restored draft does not: there the flows are equal but for the id.
    """
    gone = {flow_id for flow_id in dirty if flow_id not in now}
    if not gone:
        return {}
    new = sorted(flow_id for flow_id in dirty if flow_id not in before)
    pairs: dict[str, str] = {}
    for new_id in new:
        source = text_source(now[new_id], identities, before, saved_identities)
        if source in gone:
            pairs[new_id] = source
            gone.discard(source)
    for new_id in new:
        if new_id in pairs:
            continue
        flow = now[new_id]
        for old_id in sorted(gone):
            if replaced(flow, id=old_id) == before[old_id]:
                pairs[new_id] = old_id
                gone.discard(old_id)
                break
    return pairs


def followed(scenarios: Mapping[str, Scenario], renamed: Mapping[str, str]) -> Mapping[str, Scenario]:
    """``scenarios`` with the old ids of flows replaced by the new ones; ``renamed`` has the old id of each new one."""
    new_ids = {old: new for new, old in renamed.items()}
    if not new_ids:
        return scenarios
    return {each: following(scenario, new_ids) for each, scenario in scenarios.items()}


def following(scenario: Scenario, new_ids: Mapping[str, str]) -> Scenario:
    """``scenario`` with ids of flows replaced; itself if it has none of them."""
    events = tuple(_following(event, new_ids) for event in scenario.events)
    same = all(new is old for new, old in zip(events, scenario.events, strict=True))
    return scenario if same else replaced(scenario, events=events)


def _following(event: ScenarioEvent, new_ids: Mapping[str, str]) -> ScenarioEvent:
    expect, effects = event.expect, event.expect_effects
    if expect is not None and not new_ids.keys().isdisjoint(expect):
        event = replaced(event, expect=tuple(new_ids.get(each, each) for each in expect))
    if effects is not None and effects.loops is not None and not new_ids.keys().isdisjoint(effects.loops):
        loops = tuple(new_ids.get(each, each) for each in effects.loops)
        event = replaced(event, expect_effects=replaced(effects, loops=loops))
    return event
