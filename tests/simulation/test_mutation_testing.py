"""Which mutants the scenarios kill, which survive and why, and which event would kill them."""

from pathlib import Path

import pytest
from hypothesis import given
from tests import strategies
from tests.builders import ANNA, CREATED, TWO_NUMBERS, added, flow, message, run, scenario, scripted, workspace

from oncue import load_workspace
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import AddNote, AddParticipant, CloseConversation, RemoveParticipant, SendMessage
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MessageType, ParticipantType
from oncue.domain.workspace import SimulationSettings, Workspace, WorkspaceConfig
from oncue.matching.matcher import compile_matcher
from oncue.simulation.mutation_testing import REPLAYS, Killed, MutantResult, check_mutants

SAMPLE = load_workspace(Path(__file__).parents[2] / "sample_workspace")


def numbers(*flows: Flow, config: WorkspaceConfig = TWO_NUMBERS) -> Workspace:
    return workspace(*flows, config=config)


def wrote(who: ParticipantType, kind: MessageType, instance: str = "rentals", **more: object) -> ScenarioEvent:
    event = message(Participant(type=who, name=who.title()), None, kind)
    return scripted(event, instance=instance, **more)


def check(where: Workspace, *scenarios: Scenario) -> list[MutantResult]:
    return list(check_mutants(where, compile_matcher(where), iter(run(where, *scenarios))))


# The event that would kill a mutant


@given(strategies.workspaces(max_size=5))
def test_the_suggestion_kills_its_mutant(where: Workspace) -> None:
    matcher = compile_matcher(where)
    for result in check_mutants(where, matcher, ()):
        suggestion = result.suggestion(matcher)
        more = scenario(*_before(suggestion), suggestion)
        assert run(where, more)[0].ok
        assert not run(where.with_flow(result.mutant.mutated), more)[0].ok
        (again,) = (each for each in check_mutants(where, matcher, run(where, more)) if each.mutant == result.mutant)
        assert again.killed == Killed("s", len(more.events))


def _before(suggestion: ScenarioEvent) -> list[ScenarioEvent]:
    """The start of a conversation in which the suggestion can happen."""
    if suggestion.event == "conversation_created":
        return []
    leaves = suggestion.event == "participant_removed"
    who = suggestion.participant or Participant(type="contact") if leaves else None
    return [ScenarioEvent(event="conversation_created", instance=suggestion.instance, participant=who)]


def test_the_suggestion_expects_all_that_is_started_now() -> None:
    where = numbers(flow("reply", by="contact"), flow("log"))
    (result,) = (each for each in check(where) if each.mutant.words == "anybody instead of a contact")
    assert result.suggestion(compile_matcher(where)) == ScenarioEvent(
        event="message_created",
        instance="rentals",
        participant=Participant(type="agent"),
        message=Message(type="text"),
        expect=("log",),
    )
    assert result.advice(TWO_NUMBERS) == "an agent sends a text message on WhatsApp · Rentals; expect no reply"


@pytest.mark.parametrize(
    ("each", "mutant", "advice"),
    [
        (
            flow("reply", "conversation_created"),
            "switched off",
            "a contact starts a conversation",
        ),
        (flow("reply", "participant_removed"), "switched off", "a contact leaves a conversation"),
        (flow("reply", of="gif"), "switched off", "a contact sends a GIF"),
    ],
)
def test_what_starts_it_now_is_expected(each: Flow, mutant: str, advice: str) -> None:
    (result,) = (result for result in check(numbers(each)) if result.mutant.words == mutant)
    assert result.advice(TWO_NUMBERS) == f"{advice} on WhatsApp · Rentals; expect reply"


# Which scenario kills a mutant

START = scripted(CREATED, instance="rentals")

NARROW = flow("reply", instance="rentals", by="contact", of={"text", "image"})
HIT = wrote("contact", "text", expect=("reply",))


def outcome(*events: ScenarioEvent, where: Workspace | None = None) -> dict[str, str]:
    results = check(where or numbers(NARROW), scenario(START, *events))
    return {result.mutant.words: result.reason for result in results}


UNCOVERED = "no scenario has an event that could kill it"


def test_without_scenarios_every_mutant_survives() -> None:
    assert {result.mutant.words: result.reason for result in check(numbers(NARROW))} == {
        "switched off": UNCOVERED,
        "every instance instead of Rentals": UNCOVERED,
        "anybody instead of a contact": UNCOVERED,
        "a message instead of a text message or an image": UNCOVERED,
    }


def test_an_expected_flow_kills_the_mutant_that_is_switched_off() -> None:
    assert outcome(HIT) == {
        "switched off": "killed by s, event 2",
        "every instance instead of Rentals": UNCOVERED,
        "anybody instead of a contact": UNCOVERED,
        "a message instead of a text message or an image": UNCOVERED,
        "no longer a text message": "killed by s, event 2",
        "no longer an image": UNCOVERED,
    }


def test_an_event_that_must_not_start_it_kills_the_mutant_without_a_narrowing() -> None:
    assert (
        outcome(
            wrote("bot", "text", expect=()),
            wrote("contact", "text", expect=()),
        )
        == outcome()
    ), "scenarios that fail already are not used"
    assert outcome(
        wrote("bot", "text", expect=()),
        wrote("contact", "file", expect=()),
        HIT,
    ) == {
        "switched off": "killed by s, event 4",
        "every instance instead of Rentals": UNCOVERED,
        "anybody instead of a contact": "killed by s, event 2",
        "an agent too": UNCOVERED,
        "a message instead of a text message or an image": "killed by s, event 3",
        "no longer a text message": "killed by s, event 4",
        "no longer an image": UNCOVERED,
        "a file too": "killed by s, event 3",
    }


def test_events_without_expectations_kill_nothing() -> None:
    found = outcome(replaced(HIT, expect=None))
    assert found["switched off"] == "s has an event that could kill it, but expects nothing that differs"
    assert "no longer a text message" not in found


def test_expected_effects_kill_mutants_too() -> None:
    where = numbers(flow("reply", "message_created", SendMessage(text="Hi"), by="contact", of="text"))
    event = wrote("contact", "text", expect_effects=ExpectedEffects(messages=("Hi",)))
    found = outcome(event, where=where)
    assert found["switched off"] == "killed by s, event 2"
    # With anybody, the reply would answer its own message: what flows cause counts as well.
    assert found["anybody instead of a contact"] == "killed by s, event 2"


def test_events_that_flows_cause_count() -> None:
    """A flow that only another flow starts: its note is an effect of the event from outside."""
    where = numbers(
        flow("ask", "message_created", SendMessage(text="Hi"), by="contact"),
        flow("log", "message_created", AddNote(text="seen"), by="flow"),
    )
    event = wrote("contact", "text", expect=("ask",))
    unchecked = check(where, scenario(START, event))
    (off,) = (each for each in unchecked if (each.mutant.flow.id, each.mutant.words) == ("log", "switched off"))
    assert (off.killed, off.covered_by) == (None, ("s",))
    sees = scenario(START, replaced(event, expect_effects=ExpectedEffects(notes=("seen",))), name="t")
    both = check(where, scenario(START, event), sees)
    (off,) = (each for each in both if (each.mutant.flow.id, each.mutant.words) == ("log", "switched off"))
    assert (off.killed, off.covered_by) == (Killed("t", 2), ()), "what expects effects is tried first"


def test_a_second_delivery_counts() -> None:
    """Only at the second delivery there is somebody to be removed."""
    swap = (RemoveParticipant(participant_type="agent"), AddParticipant(participant_type="agent", name="Anna"))
    where = numbers(
        flow("ask", "message_created", *swap, by="contact"),
        flow("log", "participant_removed", AddNote(text="gone")),
    )
    event = wrote("contact", "text", expect_effects=ExpectedEffects(notes=("gone",)))
    results = check(where, scenario(START, replaced(event, delivery="twice")))
    (off,) = (each for each in results if (each.mutant.flow.id, each.mutant.words) == ("log", "switched off"))
    assert off.killed == Killed("s", 2)


def test_an_event_that_becomes_impossible_kills_the_mutant() -> None:
    where = numbers(
        flow("bye", "message_created", CloseConversation(), by="agent"),
    )
    hello = wrote("contact", "text")
    results = check(where, scenario(START, hello, scripted(added(ANNA), instance="rentals")))
    (anybody,) = (each for each in results if each.mutant.words.startswith("anybody"))
    assert anybody.killed == Killed("s", 3)


def test_a_message_that_is_not_matched_kills_nothing() -> None:
    config = replaced(TWO_NUMBERS, simulation=SimulationSettings(first_message_fires_message_created=False))
    where = numbers(flow("reply", by="agent"), config=config)
    first = second = wrote("contact", "text", expect=())
    (anybody,) = (each for each in check(where, scenario(START, first)) if each.mutant.clause != "enabled")
    assert (anybody.killed, anybody.covered_by) == (None, ()), "it starts nothing, whatever the flows are"
    later = check(where, scenario(START, first, second))
    assert [each.killed for each in later if each.mutant.words.startswith("anybody")] == [Killed("s", 3)]


def test_the_first_scenario_that_kills_is_named_and_those_before_it_that_do_not() -> None:
    unchecked, two = replaced(HIT, expect=None), wrote("contact", "text", instance="shop", expect=())
    scenarios = [
        scenario(START, unchecked, name="a"),
        scenario(scripted(CREATED, instance="shop"), two, name="b"),
        scenario(START, HIT, name="c"),
        scenario(START, HIT, name="d"),
    ]
    off, everywhere, *_ = check(numbers(NARROW), *scenarios)
    assert (off.killed, off.covered_by) == (Killed("c", 2), ()), "what is sure to fail needs no run"
    assert (everywhere.killed, everywhere.covered_by) == (Killed("b", 2), ())
    off, *_ = check(numbers(NARROW), *(replaced(scenarios[0], id=name) for name in "abc"))
    assert off.reason == "a and 2 other scenarios have an event that could kill it, but expect nothing that differs"


def test_a_mutant_that_nobody_notices_is_given_up_after_a_few_scenarios() -> None:
    unchecked = scenario(START, replaced(HIT, expect=None))
    off, *_ = check(numbers(NARROW), *(replaced(unchecked, id=f"s-{n}") for n in range(REPLAYS + 5)))
    assert (off.killed, len(off.covered_by), off.untried) == (None, REPLAYS, 5)
    assert off.reason.endswith("but expect nothing that differs; 5 more were not tried")


def test_a_repeated_join_shows_nothing_of_a_trigger() -> None:
    where = numbers(flow("brief", "participant_added", AddNote(text="x"), by="contact"))
    again = scripted(added(Participant(type="contact", name="Jane")), instance="rentals", expect=())
    start = scripted(Event(event="conversation_created", participant=again.participant), instance="rentals")
    off, *_ = check(where, scenario(start, again))
    assert (off.killed, off.reason) == (None, "no scenario has an event that could kill it")


def test_results_are_in_order_of_flow_id() -> None:
    where = numbers(flow("b"), flow("a-2"), flow("a-10"))
    assert [each.mutant.flow.id for each in check(where)] == ["a-10", "a-2", "b"]


# The sample workspace


def test_what_the_sample_workspace_leaves_untested() -> None:
    results = check(SAMPLE, *SAMPLE.scenarios.values())
    survived = {(each.mutant.flow.id, each.mutant.words): each.reason for each in results if not each.killed}
    assert survived == {
        ("agent-takes-over", "a contact too"): UNCOVERED,
        ("campaign-reply", "“once per day” instead of “once per conversation”"): (
            "campaign-answered and 2 other scenarios have an event that could kill it, but expect nothing that differs"
        ),
        ("chat-wants-person", "an agent too"): UNCOVERED,
        (
            "chat-wants-person",
            "“the text has “person” or “human”” instead of “the text has “person”, “human” or “somebody real””",
        ): ("chat-hand-over and 1 other scenario have an event that could kill it, but expect nothing that differs"),
        (
            "refund-request",
            "“the text has “refund*” or “money back”” instead of "
            "“the text has “refund*”, “money back” or “charged twice””",
        ): "refund-by-mail has an event that could kill it, but expects nothing that differs",
        ("one-time-code-close", "a contact too"): UNCOVERED,
        ("whatsapp-after-hours", "an agent too"): (
            "evening-on-the-water and 2 other scenarios have an event that could kill it, "
            "but expect nothing that differs"
        ),
    }
    assert {each.mutant.flow.id for each in results} == {each.id for each in SAMPLE.flows.values() if each.enabled}
    photo = {each.mutant.words: each.reason for each in results if each.mutant.flow.id == "damage-photo"}
    assert photo["a message instead of an image or a file"].startswith("killed by ")


def test_every_suggestion_for_the_sample_workspace_is_on_its_instances() -> None:
    matcher = compile_matcher(SAMPLE)
    for each in check(SAMPLE, *SAMPLE.scenarios.values()):
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
