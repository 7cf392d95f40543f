"""Flows, some with conditions, and what happens to them key by key: the other way to all that analysis says."""

from functools import cache
from typing import cast

from hypothesis import strategies as st
from tests import strategies
from tests.analysis.states import CONFIG, some_states, topics, whens

from oncue.analysis.decisions import WHO
from oncue.analysis.grid import HAPPENINGS
from oncue.analysis.literals import Setting
from oncue.analysis.states import Witness, witness
from oncue.domain.events import EventKey, Message
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MessageType
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig

CONFIGS = (
    CONFIG,
    replaced(CONFIG, instances=CONFIG.instances[1:]),
    replaced(CONFIG, instances=(*CONFIG.instances[:2], Instance(id="sms-1", channel="email", name="Other"))),
    replaced(CONFIG, hours=(replaced(CONFIG.hours[0], to="18:00"), *CONFIG.hours[1:])),
)


@st.composite
def some_flows(draw: st.DrawFn, most: int = 4) -> tuple[list[str], list[Flow]]:
    """Flows whose conditions are about a few topics, and these topics."""
    about = draw(topics)
    found = draw(st.lists(strategies.listeners(), min_size=1, max_size=most, unique_by=lambda flow: flow.id))
    return about, [replaced(flow, when=draw(st.none() | whens(about))) for flow in found]


def workspace_of(flows: list[Flow], config: WorkspaceConfig = CONFIG) -> Workspace:
    return Workspace(config, {flow.id: flow for flow in flows})


def keys_in(config: WorkspaceConfig) -> list[EventKey]:
    places: list[tuple[str, str | None]] = [(each.channel, each.id) for each in config.instances]
    places += [(channel, None) for channel in {each.channel: None for each in config.instances}]
    return [
        EventKey(kind, channel, instance, who, what)
        for channel, instance in places
        for kind, what in HAPPENINGS
        for who in WHO
    ]


def states_of(key: EventKey, about: list[str]) -> list[Witness]:
    """A sample of the states that can be; the laws of the solver look at all of them."""
    return _states(key.event, key.participant_type, tuple(about))


@cache
def _states(kind: str, who: str | None, about: tuple[str, ...]) -> list[Witness]:
    setting = Setting(kind, who)
    return [witness(EventKey(kind, None, None, who, None), state) for state in some_states(setting, about, 40)]


def at_key(state: Witness, key: EventKey) -> Witness:
    """The same state in an event with ``key``, of which the state has the kind and the participant."""
    event, what = state.event, cast("MessageType | None", key.message_type)
    message = None if event.message is None else Message(type=what, text=event.message.text)
    return state._replace(event=replaced(event, channel=key.channel, instance=key.instance, message=message))
