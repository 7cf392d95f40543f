"""The laws of the edits that explanations offer: each does what it says, as little as it can, and does no harm."""

from collections.abc import Iterator
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.checks import check_flow
from oncue.domain.conditions import When
from oncue.domain.events import Event, Message, Participant
from oncue.domain.fitting import RuleError
from oncue.domain.flows import Flow
from oncue.domain.steps import SendMessage, Step, UpdateContact
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import Instance
from oncue.matching.explain import explain
from oncue.matching.semantics import matches
from oncue.matching.space import cells_of
from oncue.matching.suggested_edits import SuggestedEdit

PARTS = ("enabled", "event", "channel", "instance", "participant_types", "message_types")
FLOW = Flow(
    id="a",
    name="A",
    trigger=Trigger(
        event="message_created",
        channel="whatsapp",
        instance="wa-1",
        participant_types=frozenset({"bot", "contact"}),
        message_types=frozenset({"text"}),
    ),
)
OPEN = replaced(FLOW, trigger=Trigger(event="message_created", channel="whatsapp"))
EVENT = Event(
    event="message_created",
    channel="whatsapp",
    instance="wa-1",
    participant=Participant(type="contact"),
    message=Message(type="text"),
)
JOINED = Event(event="participant_added", channel="whatsapp", instance="wa-1", participant=Participant(type="bot"))


@st.composite
def running(draw: st.DrawFn) -> tuple[Flow, Event]:
    """A flow and an event that starts it, which two that are drawn by themselves rarely are."""
    event = draw(strategies.events().filter(lambda each: CONFIG.resolve(each).channel in strategies.CHANNELS))
    key = CONFIG.resolve_key(event.key)
    who = {key.participant_type, *draw(st.frozensets(strategies.participant_types, max_size=2))}
    what = {key.message_type, *draw(st.frozensets(strategies.message_types, max_size=2))}
    instance = draw(st.sampled_from([None, key.instance])) if key.instance in CONFIG.by_id else None
    trigger = Trigger(
        event=event.event,
        channel=key.channel or "",
        instance=instance,
        participant_types=draw(st.sampled_from([None, frozenset(who)])) if None not in who else None,  # type: ignore
        message_types=draw(st.sampled_from([None, frozenset(what)])) if None not in what else None,  # type: ignore
    )
    return Flow(id="a", name="A", trigger=trigger), event


def part(flow: Flow, name: str) -> object:
    return flow.enabled if name == "enabled" else getattr(flow.trigger, name)


def with_parts(flow: Flow, parts: dict[str, object]) -> Flow | None:
    """``flow`` with other parts, unless they contradict each other."""
    values = {name: value for name, value in parts.items() if name != "enabled"}
    try:
        return replaced(flow, trigger=replaced(flow.trigger, **values), enabled=parts.get("enabled", flow.enabled))
    except RuleError:
        return None


def changed(before: Flow, after: Flow) -> set[str]:
    return {name for name in PARTS if part(before, name) != part(after, name)}


def single_changes(flow: Flow) -> Iterator[Flow]:
    """Every flow that differs from ``flow`` in one value of one key; of a list in one type, or all of it."""
    trigger = flow.trigger
    parts: list[dict[str, object]] = [{"enabled": not flow.enabled}]
    parts += ({"event": kind} for kind in EVENT_KINDS)
    parts += ({"channel": channel} for channel in CONFIG.installed_channels)
    parts += ({"instance": instance} for instance in (None, *CONFIG.by_id))
    for name, types in (("participant_types", PARTICIPANT_TYPES), ("message_types", MESSAGE_TYPES)):
        chosen: frozenset[str] | None = getattr(trigger, name)
        parts += ({name: (chosen or frozenset(types)) ^ {each}} for each in types)
        parts += ({name: None}, {name: frozenset(types)})
    for each in parts:
        edited = with_parts(flow, each)
        if edited is not None and edited != flow:
            yield edited


@st.composite
def nearly_running(draw: st.DrawFn) -> tuple[Flow, Event]:
    """A flow that an event would start but for one clause."""
    flow, event = draw(running())
    misfits: list[dict[str, object]] = [
        {"enabled": False},
        {"instance": draw(st.sampled_from(list(CONFIG.by_id)))},
        {"participant_types": draw(st.frozensets(strategies.participant_types, max_size=2))},
    ]
    if flow.trigger.event == "message_created":
        misfits.append({"message_types": draw(st.frozensets(strategies.message_types, max_size=2))})
    return with_parts(flow, draw(st.sampled_from(misfits))) or flow, event


either = st.one_of(
    st.tuples(strategies.listeners(), strategies.events()), running(), nearly_running(), nearly_running()
)


@given(either)
def test_each_edit_changes_the_answer_and_nothing_but_the_trigger(both: tuple[Flow, Event]) -> None:
    flow, event = both
    explanation = explain(flow, event, CONFIG)
    for edit in explanation.edits:
        assert matches(edit.flow, event.key, CONFIG) is not explanation.matched
        assert replaced(edit.flow, trigger=flow.trigger, enabled=flow.enabled) == flow
        assert edit.words
        assert edit.spoken


@given(running())
def test_a_flow_that_ran_can_always_be_kept_off(both: tuple[Flow, Event]) -> None:
    explanation = explain(*both, CONFIG)
    assert explanation.matched
    assert explanation.edits


@given(either)
def test_no_part_of_an_edit_would_do(both: tuple[Flow, Event]) -> None:
    flow, event = both
    explanation = explain(flow, event, CONFIG)
    for edit in explanation.edits:
        names = changed(flow, edit.flow)
        fewer = chain.from_iterable(combinations(names, count) for count in range(len(names)))
        for some in fewer:
            smaller = with_parts(flow, {name: part(edit.flow, name) for name in some})
            assert smaller is None or matches(smaller, event.key, CONFIG) is explanation.matched


@settings(max_examples=300)
@given(either)
def test_where_one_change_does_one_change_is_offered(both: tuple[Flow, Event]) -> None:
    """And no other change of the same key does that is about fewer kinds of event."""
    flow, event = both
    explanation = explain(flow, event, CONFIG)
    single = [each for each in single_changes(flow) if matches(each, event.key, CONFIG) is not explanation.matched]
    for edit in explanation.edits:
        names = changed(flow, edit.flow)
        assert not single or len(names) == 1
        if names == {"instance"}:
            continue  # to listen elsewhere and to listen everywhere are not more and less
        for other in single:
            if changed(flow, other) == names:
                assert difference(flow, other) >= difference(flow, edit.flow)


def difference(one: Flow, other: Flow) -> int:
    mine, yours = cells_of(one, CONFIG), cells_of(other, CONFIG)
    return sum(each.size for each in (*mine.minus(yours), *yours.minus(mine)))


STEPS = [(), (SendMessage(text="re {{message.text}}"),), (UpdateContact(attributes={"last": "{{message.type}}"}),)]


@given(either, st.sampled_from(STEPS))
def test_no_edit_makes_a_problem(both: tuple[Flow, Event], steps: tuple[Step, ...]) -> None:
    """Not in the steps either."""
    flow, event = replaced(both[0], steps=steps), both[1]
    before = set(check_flow(flow, CONFIG))
    explanation = explain(flow, event, CONFIG)
    for edit in explanation.edits:
        assert set(check_flow(edit.flow, CONFIG)) <= before
    assert bool(explanation.edits) is (explanation.no_edit is None)


def test_a_flow_that_uses_the_message_is_not_moved_to_another_event() -> None:
    answers = replaced(FLOW, steps=STEPS[1])
    explanation = explain(answers, replaced(JOINED, participant=None), CONFIG)
    assert explanation.edits == ()
    assert explanation.no_edit == (
        "its steps use {{message.text}}, and participant_added has no message",
        "its steps use {{message.text}}, and Participant added has no message",
    )
    assert explain(FLOW, JOINED, CONFIG).edits, "without the placeholder it is"


def test_a_flow_that_asks_for_a_text_is_not_moved_to_another_event() -> None:
    asks = replaced(FLOW, when=When(text_none=("refund",)))
    assert explain(asks, replaced(JOINED, participant=None), CONFIG).no_edit == (
        "its condition text_none is about a message, and participant_added has none",
        "its condition “the text does not have “refund”” is about a message, and Participant added has none",
    )


@given(either)
def test_an_event_at_fault_is_no_reason_to_listen_elsewhere(both: tuple[Flow, Event]) -> None:
    flow, event = both
    explanation = explain(flow, event, CONFIG)
    if explanation.findings and not explanation.matched:
        for edit in explanation.edits:
            assert not changed(flow, edit.flow) & {"channel", "instance"}


@given(either)
def test_disabling_is_the_last_resort(both: tuple[Flow, Event]) -> None:
    flow, event = both
    edits = explain(flow, event, CONFIG).edits
    if any(flow.enabled and not edit.flow.enabled for edit in edits):
        assert len(edits) == 1


@pytest.mark.parametrize(
    ("event", "words", "spoken"),
    [
        (replaced(EVENT, instance="wa-2"), 'set instance = "wa-2"', "set the instance to Shop"),
        (
            replaced(EVENT, instance=None),
            "remove instance (then it runs on every instance of WhatsApp)",
            "remove the instance (then it runs on every instance of WhatsApp)",
        ),
        (
            replaced(EVENT, channel="email", instance="mail"),
            'set channel = "email", set instance = "mail"',
            "set the channel to Email, set the instance to Support",
        ),
        (
            replaced(EVENT, channel="email", instance=None),
            'set channel = "email", remove instance (then it runs on every instance of Email)',
            "set the channel to Email, remove the instance (then it runs on every instance of Email)",
        ),
        (
            replaced(EVENT, participant=Participant(type="access_key")),
            'add "access_key" to participant_types',
            "add API key",
        ),
        (replaced(EVENT, participant=None), "remove participant_types", "let any participant type through"),
        (replaced(EVENT, message=Message(type="gif")), 'add "gif" to message_types', "add GIF"),
        (replaced(EVENT, message=None), "remove message_types", "let any message type through"),
        (
            JOINED,
            'set event = "participant_added", remove message_types',
            "set the event to Participant added, let any message type through",
        ),
    ],
)
def test_edits_to_make_it_run_in_words(event: Event, words: str, spoken: str) -> None:
    (edit,) = explain(FLOW, event, CONFIG).edits
    assert (edit.words, edit.spoken) == (words, spoken)


def test_a_disabled_flow_is_enabled() -> None:
    (edit,) = explain(replaced(FLOW, enabled=False), EVENT, CONFIG).edits
    assert (edit.words, edit.flow) == ("enable the flow", FLOW)


@pytest.mark.parametrize(
    "place",
    [
        {"channel": None, "instance": None},
        {"channel": "Not a slug", "instance": None},
        {"channel": "", "instance": "wa-1"},
        {"channel": "viber", "instance": "wa-1"},
        {"channel": "whatsapp", "instance": "whatsapp:+447700900999"},
        {"channel": "whatsapp", "instance": "mail"},
    ],
)
def test_no_edit_helps_without_a_place_of_this_workspace(place: dict[str, str | None]) -> None:
    explanation = explain(FLOW, replaced(EVENT, **place), CONFIG)
    assert not explanation.matched
    assert explanation.edits == ()


def words_of(edits: tuple[SuggestedEdit, ...]) -> list[str]:
    return [edit.words for edit in edits]


def test_edits_to_keep_it_off_in_words() -> None:
    edits = explain(OPEN, EVENT, CONFIG).edits
    assert words_of(edits) == [
        'set participant_types to all but "contact"',
        'set message_types to all but "text"',
        'set instance = "wa-2"',
    ]
    assert edits[0].spoken == "set the participant types to all but Contact"
    assert edits[0].flow.trigger.participant_types == frozenset(PARTICIPANT_TYPES) - {"contact"}


def test_of_several_other_instances_none_is_proposed() -> None:
    third = replaced(CONFIG, instances=(*CONFIG.instances, Instance(id="wa-3", channel="whatsapp", name="School")))
    assert 'set instance = "wa-2"' not in words_of(explain(OPEN, EVENT, third).edits)


def test_a_type_is_removed_from_those_that_are_listed() -> None:
    (edit,) = explain(FLOW, EVENT, CONFIG).edits
    assert (edit.words, edit.spoken) == (
        'remove "contact" from participant_types',
        "remove Contact",
    )
    assert edit.flow.trigger.participant_types == frozenset({"bot"})


def test_a_flow_for_this_event_only_can_only_be_disabled() -> None:
    flow = replaced(FLOW, trigger=replaced(FLOW.trigger, participant_types=["contact"]))
    (edit,) = explain(flow, EVENT, CONFIG).edits
    assert (edit.words, edit.flow) == ("disable the flow", replaced(flow, enabled=False))
    assert (edit.starts.size, edit.stops.size) == (0, 0)


def test_what_is_unknown_is_kept_off_by_asking_for_it() -> None:
    event = Event(event="message_created", channel="email", instance="mail")
    flow = replaced(FLOW, trigger=Trigger(event="message_created", channel="email"))
    assert words_of(explain(flow, event, CONFIG).edits) == [
        "list every type in participant_types (then the event has to state one)",
        "list every type in message_types (then the event has to state one)",
    ]
    foreign = replaced(event, instance="gone")
    assert words_of(explain(flow, foreign, CONFIG).edits)[-1] == 'set instance = "mail"'


def test_what_an_edit_changes_besides_is_counted() -> None:
    (edit,) = explain(FLOW, replaced(EVENT, participant=Participant(type="agent")), CONFIG).edits
    assert (edit.starts.size, edit.stops.size) == (0, 0)
    (edit,) = explain(FLOW, replaced(EVENT, instance=None), CONFIG).edits
    assert (edit.starts.size, edit.stops.size) == (3, 0), "two types on wa-2, one more where it is not stated"
    assert edit.starts.example is not None
    assert edit.starts.example != EVENT.key
