"""A channel or an instance that is not there: what was meant is found by all that the workspace knows of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.installed import channel_hint, foreign_channel, instance_hint, reference_hint
from oncue.domain.vocabulary import CHANNEL_LABELS
from oncue.domain.workspace import Instance, WorkspaceConfig

BERLIN = Instance(id="wa-shop", channel="whatsapp", name="Shop", external_ids=("whatsapp:+4915510000101",))
CONFIG = WorkspaceConfig(
    name="W",
    instances=(
        BERLIN,
        Instance(id="sms-uk", channel="sms", name="UK line", external_ids=("+447700900110",)),
        Instance(id="mail", channel="email", name="Support desk", external_ids=("mailto:support@acme.example",)),
        Instance(id="web_1", channel="live_chat", name="Site"),
    ),
)
ALL = "expected one of: wa-shop, sms-uk, mail, web_1"
HAS = "did you mean 'wa-shop', which has the external id 'whatsapp:+4915510000101'?"


@pytest.mark.parametrize(
    ("stated", "hint"),
    [
        ("Wa Shop", "did you mean 'wa-shop'?"),
        ("wa-shp", "did you mean 'wa-shop'?"),
        ("Shop", "did you mean 'wa-shop', whose name is 'Shop'?"),
        ("suport desk", "did you mean 'mail', whose name is 'Support desk'?"),
        ("+49 155 1000 0101", HAS),
        ("004915510000101", HAS),
        ("4915510000101", HAS),
        ("whatsapp:+4915510000101", HAS),
        (
            "support@acme.example",
            "did you mean 'mail', which has the external id 'mailto:support@acme.example'?",
        ),
        ("+447700900101", ALL),  # another line
        ("49151", ALL),
        ("web_2", ALL),
        ("pigeon", ALL),
        ("", ALL),
    ],
)
def test_an_instance_is_found_by_what_people_know_it_by(stated: str, hint: str) -> None:
    assert instance_hint(stated, CONFIG) == hint


def test_among_the_instances_of_a_channel_only_those_are_named() -> None:
    assert instance_hint("pigeon", CONFIG, [BERLIN]) == "expected one of: wa-shop"
    assert instance_hint("mail", CONFIG, [BERLIN]) == "expected one of: wa-shop"
    assert instance_hint("pigeon", CONFIG, []) == ALL
    assert instance_hint("pigeon", WorkspaceConfig(name="W")) == "there are none"


def test_several_that_may_be_meant_are_all_named() -> None:
    twins = [Instance(id=f"{channel}-1", channel=channel, name="Berlin") for channel in ("sms", "voice")]
    config = WorkspaceConfig(name="W", instances=tuple(twins))
    assert instance_hint("Berlin", config) == "did you mean 'sms-1' or 'voice-1'?"


@pytest.mark.parametrize(
    ("stated", "hint"),
    [
        ("whats app", "did you mean 'whatsapp'?"),
        ("WhatsApp", "did you mean 'whatsapp'?"),
        ("Live Chat", "did you mean 'live_chat'?"),
        ("webchat", "did you mean 'live_chat'?"),
        ("whatsap", "did you mean 'whatsapp'?"),
        ("facebook", "it is called 'messenger' here; expected one of: whatsapp, sms, email, live_chat"),
        ("telegram", "expected one of: whatsapp, sms, email, live_chat"),
        ("pigeon", "expected one of: whatsapp, sms, email, live_chat"),
    ],
)
def test_a_channel_is_known_by_what_others_call_it(stated: str, hint: str) -> None:
    assert channel_hint(stated, CONFIG.installed_channels) == hint


@pytest.mark.parametrize(
    ("word", "channel"),
    [("facebook", "messenger"), ("web", "live_chat"), ("chat", "live_chat"), ("X", "twitter"), ("pigeon", None)],
)
def test_foreign_channels(word: str, channel: str | None) -> None:
    assert foreign_channel(word) == channel


def test_references_are_looked_up_by_what_they_refer_to() -> None:
    assert reference_hint(("events", 0, "instance"), "+49 15510000101", CONFIG) == HAS
    assert reference_hint(("trigger", "channel"), "Live Chat", CONFIG) == "did you mean 'live_chat'?"
    assert reference_hint(("events", 0, "expect", 0), "N01-Emoji", CONFIG, {"n01-emoji"}) == "did you mean 'n01-emoji'?"
    assert reference_hint(("instances", 0, "id"), "N01", CONFIG) is None


SLUGS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
WORDS = (
    SLUGS
    | st.text(max_size=12)
    | st.from_regex(r"\+?[0-9 ]{3,14}", fullmatch=True)
    | st.sampled_from(list(CHANNEL_LABELS))
)


@given(
    st.lists(
        st.builds(
            Instance,
            id=SLUGS,
            channel=SLUGS | st.sampled_from(list(CHANNEL_LABELS)),
            name=WORDS.filter(str.strip),
            external_ids=st.lists(WORDS, max_size=2, unique=True).map(tuple),
        ),
        max_size=5,
        unique_by=lambda each: each.id,
    ),
    WORDS,
    st.randoms(use_true_random=False),
)
def test_nothing_is_suggested_that_does_not_exist(instances: list[Instance], word: str, random: object) -> None:
    seen: set[str] = set()
    for each in instances:  # external ids are unique
        if seen & {*each.external_ids}:
            return
        seen |= {*each.external_ids}
    config = WorkspaceConfig(name="W", instances=tuple(instances))
    stated = word if not instances or len(word) % 2 else (instances[0].name + word)[:12]
    own_words = {*config.by_id, *config.by_external_id, *(each.name for each in instances)}
    assert named_in(instance_hint(stated, config)) <= own_words
    assert named_in(channel_hint(stated, config.installed_channels)) <= {*config.installed_channels, *CHANNEL_LABELS}
    for path in (("trigger", "instance"), ("trigger", "channel"), ("events", 0, "expect", 0)):
        said = reference_hint(path, stated, config, {"welcome", "welcome-2"}) or ""
        assert named_in(said) <= {*own_words, *config.installed_channels, *CHANNEL_LABELS, "welcome", "welcome-2"}


def named_in(hint: str) -> set[str]:
    """What a hint names: all that is in quotes, and the list of what is expected."""
    if hint.startswith("did you mean"):
        literals = re.findall(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", hint)
        return {str(eval(each)) for each in literals}
    _, expected, listed = hint.partition("expected one of: ")
    called = set(re.findall(r"^it is called '([^']*)' here", hint))
    return called | ({*re.split(r", | and \d+ more$", listed)} - {""} if expected else set())
