"""The compiled matcher is the predicate made fast, also after any edits, and forgets when it has to."""

import copy
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies

from oncue.domain.events import Event, EventKey, Participant
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching import matcher as module
from oncue.matching.matcher import FlowIds, Matcher, compile_matcher
from oncue.matching.semantics import CLAUSES, matches, verdicts

KEY = EventKey("message_created", "whatsapp", "wa-1", "contact", "text")


def by_predicate(workspace: Workspace, key: EventKey) -> FlowIds:
    return tuple(sorted(flow.id for flow in workspace.flows.values() if matches(flow, key, workspace.config)))


def misses_by_predicate(workspace: Workspace, key: EventKey) -> dict[str, int]:
    """Each flow that missed counts for the first clause that does not hold."""
    counts = dict.fromkeys(CLAUSES, 0)
    for flow in workspace.flows.values():
        if not matches(flow, key, workspace.config):
            counts[CLAUSES[verdicts(flow, key, workspace.config).index(False)]] += 1
    return {clause: count for clause, count in counts.items() if count}


def listening(flow_id: str, **narrowings: object) -> Flow:
    trigger = Trigger(event="message_created", channel="whatsapp", **narrowings)  # type: ignore[arg-type]
    return Flow(id=flow_id, name=flow_id, trigger=trigger)


def workspace_of(*flows: Flow) -> Workspace:
    return Workspace(strategies.CONFIG, {flow.id: flow for flow in flows})


@given(strategies.workspaces(), st.lists(strategies.keys, min_size=1, max_size=8))
def test_it_answers_as_the_predicate_does(workspace: Workspace, keys: list[EventKey]) -> None:
    matcher = compile_matcher(workspace)
    for key in keys * 2:  # the second time from memory
        expected = by_predicate(workspace, key)
        assert matcher.match_key(key) == expected
        assert matcher.match_key(tuple(key)) == expected


@given(strategies.workspaces(), st.lists(strategies.events(), min_size=1, max_size=8))
def test_it_answers_for_events(workspace: Workspace, events: list[Event]) -> None:
    matcher = compile_matcher(workspace)
    for event in events:
        assert matcher.match(event) == by_predicate(workspace, event.key)


@settings(max_examples=25)
@given(st.data())
def test_many_flows_in_one_bucket(data: st.DataObject) -> None:
    ids = st.integers(0, 999).map("flow-{:03}".format)
    flows = data.draw(st.lists(strategies.listeners(ids), min_size=20, max_size=40, unique_by=lambda flow: flow.id))
    workspace = workspace_of(*(replaced(flow, trigger=replaced(flow.trigger, channel="whatsapp")) for flow in flows))
    matcher = compile_matcher(workspace)
    for key in data.draw(st.lists(strategies.keys, min_size=5, max_size=10)):
        assert matcher.match_key(key) == by_predicate(workspace, key)


@given(st.data())
def test_after_edits_it_is_as_if_it_had_been_compiled_anew(data: st.DataObject) -> None:
    workspace = data.draw(strategies.workspaces())
    keys = data.draw(st.lists(strategies.keys, min_size=1, max_size=8))
    matcher = compile_matcher(workspace)
    for _ in range(data.draw(st.integers(1, 4))):
        for key in keys:
            matcher.match_key(key)  # something to remember, and to forget
        edited, touched = dict(workspace.flows), set()
        for _ in range(data.draw(st.integers(0, 3))):
            flow_id = data.draw(st.sampled_from(sorted({*edited, "new-1", "new-2"})))
            touched.add(flow_id)
            if flow_id in edited and data.draw(st.booleans()):
                del edited[flow_id]
            else:
                edited[flow_id] = data.draw(strategies.listeners(st.just(flow_id)))
        untouched = data.draw(st.sets(st.sampled_from(sorted({*edited, "unheard-of"})), max_size=2))
        before = [matcher.match_key(key) for key in keys]
        after = matcher.updated(workspace.flows, edited, [*touched, *untouched, *touched])
        assert [matcher.match_key(key) for key in keys] == before, "a matcher never changes"
        workspace, matcher = Workspace(workspace.config, edited), after
        fresh = compile_matcher(workspace)
        for key in keys:
            assert matcher.match_key(key) == fresh.match_key(key) == by_predicate(workspace, key)
            assert matcher.misses(key) == fresh.misses(key)


@given(strategies.workspaces(), strategies.keys)
def test_misses_count_each_flow_at_its_first_clause(workspace: Workspace, key: EventKey) -> None:
    matcher = compile_matcher(workspace)
    expected = misses_by_predicate(workspace, key)
    assert matcher.misses(key) == expected
    assert list(matcher.misses(key)) == [clause for clause in CLAUSES if clause in expected]
    assert sum(expected.values()) + len(matcher.match_key(key)) == len(workspace.flows)


def test_flows_are_in_order_of_id_and_not_of_insertion() -> None:
    matcher = compile_matcher(workspace_of(*(listening(flow_id) for flow_id in ("b", "a-2", "a-10", "a", "0"))))
    assert matcher.match_key(KEY) == ("0", "a", "a-10", "a-2", "b")


def test_an_edit_that_matching_does_not_see_keeps_the_matcher() -> None:
    workspace = workspace_of(listening("a"), listening("b"))
    after = workspace.with_flow(replaced(workspace.flows["a"], name="Renamed"))
    matcher = compile_matcher(workspace)
    assert matcher.updated(workspace.flows, after.flows, ["a"]) is matcher


def test_an_edit_keeps_the_answers_of_other_places(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = Flow(id="m", name="m", trigger=Trigger(event="message_created", channel="email"))
    workspace = workspace_of(listening("a"), mail)
    matcher = compile_matcher(workspace)
    key = KEY._replace(channel="email")
    matcher.match_key(key)
    after = workspace.with_flow(listening("a", instance="wa-2"))
    updated = matcher.updated(workspace.flows, after.flows, ["a"])
    monkeypatch.setattr(module._Bucket, "answer", lambda *_: pytest.fail("it was not remembered"))
    assert updated.match_key(key) == ("m",)


def test_memory_is_bounded_whatever_senders_invent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 100)
    matcher = compile_matcher(workspace_of(listening("a"), listening("b", instance="wa-1")))
    for number in range(1_000):
        assert matcher.match_key(KEY._replace(instance=f"invented-{number}")) == ("a",)
        assert matcher.match_key(KEY) == ("a", "b")
        assert len(matcher._answers) <= 100


def test_an_empty_workspace_matches_nothing() -> None:
    matcher = compile_matcher(workspace_of())
    assert matcher.match(Event(event="message_created", participant=Participant(type="contact"))) == ()
    assert matcher.misses(KEY) == {}
    assert matcher.updated({}, {}, []) is matcher


def test_a_key_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="unpack"):
        compile_matcher(workspace_of()).match_key(("message_created",))


def test_a_matcher_takes_no_attributes() -> None:
    with pytest.raises(AttributeError):
        compile_matcher(workspace_of()).extra = 1  # type: ignore[attr-defined]


@given(strategies.workspaces(), strategies.keys)
def test_an_external_id_is_the_instance_and_the_instance_has_a_channel(workspace: Workspace, key: EventKey) -> None:
    matcher = compile_matcher(workspace)
    for instance in workspace.config.instances:
        stated = key._replace(channel=instance.channel, instance=instance.id)
        for name in (instance.id, *instance.external_ids):
            for channel in (instance.channel, None):
                assert matcher.match_key(stated._replace(channel=channel, instance=name)) == matcher.match_key(stated)


def test_a_contradiction_of_channel_and_instance_is_not_resolved() -> None:
    matcher = compile_matcher(workspace_of(listening("a"), listening("b", instance="wa-1")))
    for name in ("mail", "wa-1", "whatsapp:+447700900101"):
        assert matcher.match_key(KEY._replace(channel="email", instance=name)) == ()
    assert matcher.match_key(KEY._replace(instance="mail")) == ("a",)


def test_an_edit_forgets_answers_of_keys_that_leave_the_channel_to_the_instance() -> None:
    workspace = workspace_of(listening("a"))
    matcher = compile_matcher(workspace)
    key = KEY._replace(channel=None, instance="whatsapp:+447700900101")
    assert matcher.match_key(key) == ("a",)
    after = workspace.with_flow(listening("b", instance="wa-1"))
    assert matcher.updated(workspace.flows, after.flows, ["b"]).match_key(key) == ("a", "b")


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
@settings(max_examples=10)
@given(workspace=strategies.workspaces(), keys=st.lists(strategies.keys, min_size=1, max_size=5))
def test_it_survives_copying(copied: Callable[[Matcher], Matcher], workspace: Workspace, keys: list[EventKey]) -> None:
    matcher = compile_matcher(workspace)
    answers = [matcher.match_key(key) for key in keys]
    twin = copied(matcher)
    assert len(twin._answers) == 0, "what it remembers stays behind"
    assert [twin.match_key(key) for key in keys] == answers
    assert len(twin._answers) == len(set(keys))
    assert [twin.misses(key) for key in keys] == [matcher.misses(key) for key in keys]
