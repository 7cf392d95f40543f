"""What scenarios leave untested: which mutants there are, who notices them, and what would."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies

from oncue import load_workspace
from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    RemoveParticipant,
    SendMessage,
    Step,
)
from oncue.domain.triggers import MessageTypes, ParticipantTypes, Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind, MessageType, ParticipantType
from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.matching.matcher import compile_matcher
from oncue.matching.semantics import matches
from oncue.simulation import mutants
from oncue.simulation.mutants import Killed, MutantResult, check_mutants, distinguishing_event, mutants_of
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.runner import iter_results, run_scenario
from oncue.simulation.trace import every_trace

SAMPLE = load_workspace(Path(__file__).parents[2] / "sample_workspace")
CONFIG = WorkspaceConfig(
    name="Test",
    instances=(
        Instance(id="rentals", channel="whatsapp", name="Rentals"),
        Instance(id="shop", channel="whatsapp", name="Shop"),
        Instance(id="mail", channel="email", name="Desk"),
    ),
)
ALL_WHO, ALL_WHAT = frozenset(PARTICIPANT_TYPES), frozenset(MESSAGE_TYPES)


def people(*types: ParticipantType) -> ParticipantTypes:
    return frozenset(types)


def kinds(*types: MessageType) -> MessageTypes:
    return frozenset(types)


def flow(
    event: EventKind = "message_created",
    *steps: Step,
    name: str = "reply",
    channel: str = "whatsapp",
    instance: str | None = None,
    who: ParticipantTypes | None = None,
    what: MessageTypes | None = None,
) -> Flow:
    trigger = Trigger(event=event, channel=channel, instance=instance, participant_types=who, message_types=what)
    return Flow(id=name, name=name.title(), trigger=trigger, steps=steps)


def workspace(*flows: Flow, config: WorkspaceConfig = CONFIG) -> Workspace:
    return Workspace(config, {each.id: each for each in flows})


def said(
    event: EventKind,
    who: ParticipantType | None = "contact",
    what: MessageType | None = None,
    *,
    on: str = "rentals",
    expect: tuple[str, ...] | None = None,
    effects: ExpectedEffects | None = None,
) -> ScenarioEvent:
    return ScenarioEvent(
        event=event,
        instance=on,
        participant=None if who is None else Participant(type=who, name=who.title()),
        message=None if what is None else Message(type=what),
        expect=expect,
        expect_effects=effects,
    )


def scenario(*events: ScenarioEvent, name: str = "s") -> Scenario:
    return Scenario(id=name, name=name, events=events)


def played(where: Workspace, *scenarios: Scenario) -> list[ScenarioResult]:
    matcher = compile_matcher(where)
    return [run_scenario(each, where, matcher) for each in scenarios]


def checked(where: Workspace, *scenarios: Scenario) -> list[MutantResult]:
    return list(check_mutants(where, compile_matcher(where), iter(played(where, *scenarios))))


def words(each: Flow, config: WorkspaceConfig = CONFIG) -> list[str]:
    return [mutant.words for mutant in mutants_of(each, config)]


# Which mutants there are


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        (flow(), ["switched off"]),
        (flow(instance="shop"), ["switched off", "every instance instead of Shop"]),
        (flow(instance="gone"), ["switched off", "every instance instead of gone"]),
        (
            flow(who=people("contact")),
            ["switched off", "anybody instead of a contact", "an agent too"],
        ),
        (
            flow(who=people("bot", "agent")),
            [
                "switched off",
                "anybody instead of an agent or a bot",
                "no longer an agent",
                "no longer a bot",
                "a contact too",
            ],
        ),
        (
            flow(who=ALL_WHO - {"flow"}),
            ["switched off", "anybody instead of anybody but a flow", "no longer a contact"],
        ),
        (
            flow(who=ALL_WHO - {"flow", "bot"}),
            [
                "switched off",
                "anybody instead of anybody but a bot or a flow",
                "a bot too",
                "a flow too",
                "no longer a contact",
            ],
        ),
        (flow(who=ALL_WHO), ["switched off", "somebody unknown too", "no longer a contact"]),
        (flow(who=people()), ["switched off", "anybody instead of nobody", "a contact too"]),
        (
            flow(what=kinds("text")),
            ["switched off", "a message instead of a text message", "an image too"],
        ),
        (
            flow(what=kinds("file", "image")),
            [
                "switched off",
                "a message instead of an image or a file",
                "no longer an image",
                "no longer a file",
                "a text message too",
            ],
        ),
        (
            flow(what=ALL_WHAT - {"text"}),
            ["switched off", "a message instead of anything but a text message", "no longer an image"],
        ),
        (flow(what=ALL_WHAT), ["switched off", "a message of unknown type too", "no longer a text message"]),
    ],
)
def test_mutants_follow_the_sentence(each: Flow, expected: list[str]) -> None:
    assert words(each) == expected


def test_narrowings_are_changed_one_at_a_time() -> None:
    each = flow(instance="shop", who=people("contact"), what=kinds("text"))
    found = {mutant.words: mutant for mutant in mutants_of(each, CONFIG)}
    assert {name: (mutant.clause, mutant.detail_of) for name, mutant in found.items()} == {
        "switched off": ("enabled", None),
        "every instance instead of Shop": ("instance", None),
        "anybody instead of a contact": ("participant_types", None),
        "an agent too": ("participant_types", "participant_types"),
        "a message instead of a text message": ("message_types", None),
        "an image too": ("message_types", "message_types"),
    }
    assert found["switched off"].mutated == replaced(each, enabled=False)
    narrowings: dict[str, dict[str, object]] = {
        "every instance instead of Shop": {"instance": None},
        "anybody instead of a contact": {"participant_types": None},
        "an agent too": {"participant_types": people("contact", "agent")},
        "a message instead of a text message": {"message_types": None},
        "an image too": {"message_types": kinds("text", "image")},
    }
    for name, narrowing in narrowings.items():
        assert found[name].mutated == replaced(each, trigger=replaced(each.trigger, **narrowing))


def test_taking_a_type_out_is_a_detail_of_switching_off() -> None:
    *_, no_agent, no_bot, contact_too = mutants_of(flow(who=people("agent", "bot")), CONFIG)
    assert [each.detail_of for each in (no_agent, no_bot, contact_too)] == ["enabled", "enabled", "participant_types"]
    assert no_agent.mutated.trigger.participant_types == people("bot")


def test_a_disabled_flow_has_no_mutants() -> None:
    assert mutants_of(replaced(flow(), enabled=False), CONFIG) == ()


@given(strategies.listeners())
def test_no_two_mutants_are_the_same_and_none_is_the_flow(each: Flow) -> None:
    found = mutants_of(each, strategies.CONFIG)
    changes = [each, *(mutant.mutated for mutant in found)]
    assert all(one != other for number, one in enumerate(changes) for other in changes[:number])
    assert len({mutant.words for mutant in found}) == len(found)


# The event that tells flow and mutant apart


def distinguishing_key(each: Flow, mutant_words: str, config: WorkspaceConfig = CONFIG) -> EventKey | None:
    (mutant,) = (mutant for mutant in mutants_of(each, config) if mutant.words == mutant_words)
    event = distinguishing_event(mutant, config)
    return None if event is None else event.key


@pytest.mark.parametrize(
    ("each", "mutant", "key"),
    [
        (flow(), "switched off", ("message_created", "whatsapp", "rentals", "contact", "text")),
        (
            flow(instance="shop", who=people("bot"), what=kinds("gif")),
            "every instance instead of Shop",
            ("message_created", "whatsapp", "rentals", "bot", "gif"),
        ),
        (
            flow("conversation_created", instance="rentals", who=people("contact")),
            "anybody instead of a contact",
            ("conversation_created", "whatsapp", "rentals", "agent", None),
        ),
        (
            flow(what=kinds("text")),
            "a message instead of a text message",
            ("message_created", "whatsapp", "rentals", "contact", "image"),
        ),
        (flow(who=ALL_WHO), "somebody unknown too", ("message_created", "whatsapp", "rentals", None, "text")),
        (
            flow(what=ALL_WHAT),
            "a message of unknown type too",
            ("message_created", "whatsapp", "rentals", "contact", None),
        ),
    ],
)
def test_the_likeliest_event_tells_them_apart(each: Flow, mutant: str, key: tuple[str | None, ...]) -> None:
    assert distinguishing_key(each, mutant) == key


@pytest.mark.parametrize(
    ("each", "mutant"),
    [
        (flow(channel="email", instance="mail"), "every instance instead of Desk"),
        (flow(instance="gone"), "switched off"),
        (flow(instance="mail"), "switched off"),
        (flow(channel="sms"), "switched off"),
        (flow(channel="sms", who=people("contact")), "anybody instead of a contact"),
        (flow(who=people()), "switched off"),
        (flow(who=people(), what=kinds("text")), "a message instead of a text message"),
    ],
)
def test_what_no_installed_instance_can_tell_apart_is_equivalent(each: Flow, mutant: str) -> None:
    assert distinguishing_key(each, mutant) is None
    assert mutant not in [result.mutant.words for result in checked(workspace(each))]


def possible_keys(each: Flow, config: WorkspaceConfig) -> Iterator[EventKey]:
    trigger = each.trigger
    kinds = (*MESSAGE_TYPES, None) if trigger.event == "message_created" else (None,)
    for at, who, what in product(config.instances_of(trigger.channel), (*PARTICIPANT_TYPES, None), kinds):
        yield EventKey(trigger.event, trigger.channel, at.id, who, what)


@given(strategies.listeners())
def test_there_is_a_telling_event_exactly_if_one_is_possible(each: Flow) -> None:
    config = strategies.CONFIG
    for mutant in mutants_of(each, config):
        event = distinguishing_event(mutant, config)
        different = {
            key
            for key in possible_keys(each, config)
            if matches(mutant.flow, key, config) != matches(mutant.mutated, key, config)
        }
        assert (event is None) == (not different)
        assert event is None or event.key in different


@given(strategies.workspaces(max_size=5))
def test_the_suggestion_notices_its_mutant(where: Workspace) -> None:
    matcher = compile_matcher(where)
    for result in check_mutants(where, matcher, ()):
        suggestion = result.suggestion(matcher)
        script = scenario(*_before(suggestion), suggestion)
        altered = where.with_flow(result.mutant.mutated)
        assert run_scenario(script, where, matcher).ok
        assert not run_scenario(script, altered, compile_matcher(altered)).ok
        (again,) = (
            each
            for each in check_mutants(where, matcher, [run_scenario(script, where, matcher)])
            if each.mutant == result.mutant
        )
        assert again.killed == Killed("s", len(script.events))


def _before(suggestion: ScenarioEvent) -> list[ScenarioEvent]:
    """The start of a conversation in which that can happen."""
    if suggestion.event == "conversation_created":
        return []
    leaves = suggestion.event == "participant_removed"
    who = suggestion.participant or Participant(type="contact") if leaves else None
    return [ScenarioEvent(event="conversation_created", instance=suggestion.instance, participant=who)]


def test_the_suggestion_expects_all_that_is_started_now() -> None:
    where = workspace(flow(who=people("contact")), flow(name="log"))
    (result,) = (each for each in checked(where) if each.mutant.words == "anybody instead of a contact")
    assert result.suggestion(compile_matcher(where)) == ScenarioEvent(
        event="message_created",
        instance="rentals",
        participant=Participant(type="agent"),
        message=Message(type="text"),
        expect=("log",),
    )
    assert result.advice(CONFIG) == "an agent sends a text message on WhatsApp · Rentals; expect no reply"


@pytest.mark.parametrize(
    ("each", "mutant", "advice"),
    [
        (flow("conversation_created"), "switched off", "a contact starts a conversation on WhatsApp · Rentals"),
        (flow("participant_removed"), "switched off", "a contact leaves a conversation on WhatsApp · Rentals"),
        (flow(what=kinds("gif")), "switched off", "a contact sends a GIF on WhatsApp · Rentals"),
    ],
)
def test_what_starts_it_now_is_expected(each: Flow, mutant: str, advice: str) -> None:
    (result,) = (result for result in checked(workspace(each)) if result.mutant.words == mutant)
    assert result.advice(CONFIG) == f"{advice}; expect reply"


# Who notices

CREATED = said("conversation_created")
NARROW = flow(instance="rentals", who=people("contact"), what=kinds("text", "image"))
HIT = said("message_created", "contact", "text", expect=("reply",))


def outcome(*events: ScenarioEvent, where: Workspace | None = None) -> dict[str, str]:
    results = checked(where or workspace(NARROW), scenario(CREATED, *events))
    return {result.mutant.words: result.reason for result in results}


NOBODY = "no scenario has an event that would show it"


def test_without_scenarios_nobody_notices_anything() -> None:
    assert {result.mutant.words: result.reason for result in checked(workspace(NARROW))} == {
        "switched off": NOBODY,
        "every instance instead of Rentals": NOBODY,
        "anybody instead of a contact": NOBODY,
        "a message instead of a text message or an image": NOBODY,
    }


def test_a_start_that_is_expected_notices_that_the_flow_is_off() -> None:
    assert outcome(HIT) == {
        "switched off": "noticed by s, event 2",
        "every instance instead of Rentals": NOBODY,
        "anybody instead of a contact": NOBODY,
        "a message instead of a text message or an image": NOBODY,
        "no longer a text message": "noticed by s, event 2",
        "no longer an image": NOBODY,
    }


def test_what_does_not_start_it_notices_that_a_narrowing_is_gone() -> None:
    assert (
        outcome(
            said("message_created", "bot", "text", expect=()),
            said("message_created", "contact", "text", expect=()),
        )
        == outcome()
    ), "scenarios that fail already are not used"
    assert outcome(
        said("message_created", "bot", "text", expect=()),
        said("message_created", "contact", "file", expect=()),
        HIT,
    ) == {
        "switched off": "noticed by s, event 4",
        "every instance instead of Rentals": NOBODY,
        "anybody instead of a contact": "noticed by s, event 2",
        "an agent too": NOBODY,
        "a message instead of a text message or an image": "noticed by s, event 3",
        "no longer a text message": "noticed by s, event 4",
        "no longer an image": NOBODY,
        "a file too": "noticed by s, event 3",
    }


def test_events_of_which_nothing_is_expected_notice_nothing() -> None:
    found = outcome(replaced(HIT, expect=None))
    assert found["switched off"] == "s has an event that would show it, but expects nothing that differs"
    assert "no longer a text message" not in found


def test_effects_notice_too() -> None:
    where = workspace(flow("message_created", SendMessage(text="Hi"), who=people("contact"), what=kinds("text")))
    wrote = said("message_created", "contact", "text", effects=ExpectedEffects(messages=("Hi",)))
    found = outcome(wrote, where=where)
    assert found["switched off"] == "noticed by s, event 2"
    # Of its own message the reply would be one more message: what flows cause counts as well.
    assert found["anybody instead of a contact"] == "noticed by s, event 2"


def test_what_flows_cause_is_looked_at() -> None:
    """The flow that is started by another flow only: its note is an effect of the event from outside."""
    where = workspace(
        flow("message_created", SendMessage(text="Hi"), name="ask", who=people("contact")),
        flow("message_created", AddNote(text="seen"), name="log", who=people("flow")),
    )
    wrote = said("message_created", "contact", "text", expect=("ask",))
    covered_by = checked(where, scenario(CREATED, wrote))
    (off,) = (each for each in covered_by if (each.mutant.flow.id, each.mutant.words) == ("log", "switched off"))
    assert (off.killed, off.covered_by) == (None, ("s",))
    sees = scenario(CREATED, replaced(wrote, expect_effects=ExpectedEffects(notes=("seen",))), name="t")
    both = checked(where, scenario(CREATED, wrote), sees)
    (off,) = (each for each in both if (each.mutant.flow.id, each.mutant.words) == ("log", "switched off"))
    assert (off.killed, off.covered_by) == (Killed("t", 2), ("s",))


def test_a_second_delivery_is_looked_at() -> None:
    """Only the second time there is somebody to be removed."""
    swap = (RemoveParticipant(participant_type="agent"), AddParticipant(participant_type="agent", name="Anna"))
    where = workspace(
        flow("message_created", *swap, name="ask", who=people("contact")),
        flow("participant_removed", AddNote(text="gone"), name="log"),
    )
    wrote = said("message_created", "contact", "text", effects=ExpectedEffects(notes=("gone",)))
    results = checked(where, scenario(CREATED, replaced(wrote, delivery="twice")))
    (off,) = (each for each in results if (each.mutant.flow.id, each.mutant.words) == ("log", "switched off"))
    assert off.killed == Killed("s", 2)


def test_an_event_that_becomes_impossible_is_noticed() -> None:
    where = workspace(
        flow("message_created", CloseConversation(), name="bye", who=people("agent")),
    )
    hello = said("message_created", "contact", "text")
    results = checked(where, scenario(CREATED, hello, hello))
    (anybody,) = (each for each in results if each.mutant.words.startswith("anybody"))
    assert anybody.killed == Killed("s", 3)


def test_a_message_that_flows_do_not_hear_of_notices_nothing() -> None:
    config = replaced(CONFIG, simulation=SimulationSettings(first_message_fires_message_created=False))
    where = workspace(flow(who=people("agent")), config=config)
    first, second = (said("message_created", "contact", "text", expect=()) for _ in range(2))
    (anybody,) = (each for each in checked(where, scenario(CREATED, first)) if each.mutant.clause != "enabled")
    assert (anybody.killed, anybody.covered_by) == (None, ("s",))
    later = checked(where, scenario(CREATED, first, second))
    assert [each.killed for each in later if each.mutant.words.startswith("anybody")] == [Killed("s", 3)]


def test_the_first_scenario_that_notices_is_named_and_those_before_it_that_do_not() -> None:
    unchecked, two = replaced(HIT, expect=None), said("message_created", "contact", "text", on="shop", expect=())
    scripts = [
        scenario(CREATED, unchecked, name="a"),
        scenario(said("conversation_created", on="shop"), two, name="b"),
        scenario(CREATED, HIT, name="c"),
        scenario(CREATED, HIT, name="d"),
    ]
    off, everywhere, *_ = checked(workspace(NARROW), *scripts)
    assert (off.killed, off.covered_by) == (Killed("c", 2), ("a",))
    assert (everywhere.killed, everywhere.covered_by) == (Killed("b", 2), ())
    off, *_ = checked(workspace(NARROW), *(replaced(scripts[0], id=name) for name in "abc"))
    assert off.reason == "a and 2 other scenarios have an event that would show it, but expect nothing that differs"


def test_results_are_in_order_of_flow_id() -> None:
    where = workspace(flow(name="b"), flow(name="a-2"), flow(name="a-10"))
    assert [each.mutant.flow.id for each in checked(where)] == ["a-10", "a-2", "b"]


# The quick check is the naive one


def quick(where: Workspace, scenarios: list[Scenario]) -> list[tuple[str, str, Killed | None, tuple[str, ...]]]:
    return [
        (each.mutant.flow.id, each.mutant.words, each.killed, each.covered_by) for each in checked(where, *scenarios)
    ]


def naive(where: Workspace, scenarios: list[Scenario]) -> list[tuple[str, str, Killed | None, tuple[str, ...]]]:
    """Every scenario is replayed in full for every mutant, with a matcher from nothing."""
    before = [each for each in played(where, *scenarios) if each.ok]
    found = []
    for _, each in sorted(where.flows.items()):
        survived = set()
        for mutant in mutants_of(each, where.config):
            if mutant.detail_of in survived:
                continue
            if not any(mutant.differs_on(key, where.config) for key in possible_keys(each, where.config)):
                continue
            after = played(where.with_flow(mutant.mutated), *(result.scenario for result in before))
            fails = [number for number, result in enumerate(after) if not result.ok]
            killed = None
            if fails:
                first = after[fails[0]]
                killed = Killed(first.scenario.id, next(event.number for event in first.events if not event.ok))
            elif mutant.detail_of is None:
                survived.add(mutant.clause)
            covered_by = [
                result.scenario.id
                for result in before[: fails[0] if fails else None]
                if any(
                    mutant.differs_on(trace.event.key, where.config)
                    for top in result.traces
                    for trace in every_trace(top)
                )
            ]
            found.append((each.id, mutant.words, killed, tuple(covered_by)))
    return found


_steps: st.SearchStrategy[Step] = st.sampled_from(
    [
        SendMessage(text="x"),
        SendMessage(text="y", message_type="image"),
        AddNote(text="{{message.type}}"),
        AssignAgent(agent="Anna"),
        AddParticipant(participant_type="bot", name="Robin"),
        RemoveParticipant(participant_type="agent"),
        CloseConversation(),
    ]
)
_WHO: list[ParticipantType] = ["contact", "agent", "bot", "flow"]
_WHAT: list[MessageType] = ["text", "image", "file"]
_HAPPENS: list[EventKind] = ["message_created", "message_created", "participant_added", "participant_removed"]
_narrow_who = st.none() | st.frozensets(st.sampled_from(_WHO), min_size=1, max_size=3)
_narrow_what = st.none() | st.frozensets(st.sampled_from(_WHAT), min_size=1, max_size=2)


@st.composite
def busy_flows(draw: st.DrawFn) -> Flow:
    """Flows that meet often, on the two instances of one channel, and cause much."""
    event = draw(strategies.event_kinds)
    return flow(
        event,
        *draw(st.lists(_steps, max_size=3)),
        name=draw(strategies.flow_ids),
        instance=draw(st.sampled_from([None, "rentals", "shop"])),
        who=draw(_narrow_who),
        what=draw(_narrow_what) if event == "message_created" else None,
    )


@st.composite
def scripts(draw: st.DrawFn, name: str) -> Scenario:
    """A conversation on one of the two instances that may well happen."""
    on = draw(st.sampled_from(["rentals", "rentals", "shop"]))
    who = st.none() | st.builds(
        Participant,
        type=st.sampled_from(["contact", "contact", "agent", "bot", "flow"]),
        name=st.sampled_from(["Anna", "Robin"]),
    )
    events = [ScenarioEvent(event="conversation_created", instance=on, participant=draw(who))]
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(_HAPPENS))
        events.append(
            ScenarioEvent(
                event=kind,
                instance=on,
                participant=draw(who),
                message=Message(type=draw(st.sampled_from(_WHAT))) if kind == "message_created" else None,
                delivery=draw(st.sampled_from([None, None, None, "twice", "swapped", "late"])),
            )
        )
    return scenario(*events, name=name)


def expecting(script: Scenario, where: Workspace, looks: list[str]) -> Scenario:
    """``script`` without what cannot happen, expecting what happens now, each event where it ``looks``."""
    (result,) = played(where, script)
    possible = scenario(
        *(each.event for each in sorted(result.events, key=lambda each: each.number) if each.trace), name=script.id
    )
    (result,) = played(where, possible)
    events = list(possible.events)
    for each in result.events:
        look = looks[each.number % len(looks)]
        if look == "flows":
            events[each.number - 1] = replaced(each.event, expect=each.fired)
        elif look == "effects":
            found = each.effects
            effects = ExpectedEffects(
                messages=found.messages, notes=found.notes, assignee=found.assignee or "", closed=found.closed
            )
            events[each.number - 1] = replaced(each.event, expect_effects=effects)
    return scenario(*events, name=script.id)


@given(st.data())
def test_the_quick_check_is_the_naive_one(data: st.DataObject) -> None:
    flows = data.draw(st.lists(busy_flows(), min_size=1, max_size=4, unique_by=lambda each: each.id))
    settings = SimulationSettings(
        first_message_fires_message_created=data.draw(st.booleans()),
        initial_participants_fire_participant_added=data.draw(st.booleans()),
        max_events_per_cascade=data.draw(st.sampled_from([3, 12])),
    )
    where = workspace(*flows, config=replaced(CONFIG, simulation=settings))
    looks = st.lists(st.sampled_from(["flows", "flows", "effects", "nowhere"]), min_size=1, max_size=4)
    drawn = [
        expecting(data.draw(scripts(name)), where, data.draw(looks))
        for name in data.draw(st.sampled_from(["a", "abc"]))
    ]
    assert quick(where, drawn) == naive(where, drawn)


@given(strategies.workspaces(strategies.flows(), max_size=4), st.lists(strategies.scenarios(), max_size=3))
def test_it_is_the_naive_one_for_anything(where: Workspace, drawn: list[Scenario]) -> None:
    assert quick(where, drawn) == naive(where, drawn)


def test_hardly_anything_is_replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    replayed = []

    def counting(script: Scenario, *arguments: Any) -> Iterator[EventResult]:
        replayed.append(script.id)
        return iter_results(script, *arguments)

    monkeypatch.setattr(mutants, "iter_results", counting)
    assert quick(SAMPLE, list(SAMPLE.scenarios.values())) == naive(SAMPLE, list(SAMPLE.scenarios.values()))
    assert len(replayed) <= 10


# The sample workspace


def test_what_the_sample_workspace_leaves_untested() -> None:
    results = checked(SAMPLE, *SAMPLE.scenarios.values())
    off = [each.mutant.flow.id for each in results if each.mutant.clause == "enabled" and not each.killed]
    assert {"campaign-start", "email-first-reply", "instagram-echo-note"} <= set(off)
    assert {each.mutant.flow.id for each in results} == {each.id for each in SAMPLE.flows.values() if each.enabled}
    photo = {each.mutant.words: each.reason for each in results if each.mutant.flow.id == "damage-photo"}
    assert photo["a message instead of an image or a file"] == "noticed by new-whatsapp-customer, event 2"
    assert photo["no longer a file"] == NOBODY


def test_every_suggestion_for_the_sample_workspace_is_one_for_its_instances() -> None:
    matcher = compile_matcher(SAMPLE)
    for each in checked(SAMPLE, *SAMPLE.scenarios.values()):
        suggestion = each.suggestion(matcher)
        assert suggestion.instance in SAMPLE.config.by_id
        event = Event(
            event=suggestion.event,
            channel=SAMPLE.config.by_id[suggestion.instance].channel,
            instance=suggestion.instance,
            participant=suggestion.participant,
            message=suggestion.message,
        )
        assert each.mutant.differs_on(event.key, SAMPLE.config)
        assert suggestion.expect == matcher.match(event)
