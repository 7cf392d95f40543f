"""Places that events state: what is wrong with them, and what was probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies

from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.matching.places import Fault, is_sound, place_findings

CONFIG = WorkspaceConfig(
    name="Harbour",
    channels={"desk": "Front desk"},
    instances=(
        Instance(id="wa-1001", channel="whatsapp", name="Berlin", external_ids=("whatsapp:+4915510000101", "ch-7d1e")),
        Instance(id="wa-1002", channel="whatsapp", name="Hamburg", external_ids=("whatsapp:+4915510000102",)),
        Instance(id="sms-uk", channel="sms", name="Alerts", external_ids=("+447700900110",)),
        Instance(id="chat", channel="live_chat", name="Website"),
        Instance(id="door", channel="desk", name="Door"),
    ),
)

FOUND: list[tuple[str | None, str | None, Fault, str, tuple[str, ...]]] = [
    (
        "WhatsApp",
        "wa-1001",
        "not-a-slug",
        "'WhatsApp' is not the slug of a channel; did you mean 'whatsapp'?",
        ("whatsapp",),
    ),
    (
        "whats-app",
        "wa-1001",
        "unknown-channel",
        "no channel 'whats-app' is installed here; did you mean 'whatsapp'?",
        ("whatsapp",),
    ),
    (
        "Live Chat",
        None,
        "not-a-slug",
        "'Live Chat' is not the slug of a channel; did you mean 'live_chat'?",
        ("live_chat",),
    ),
    ("Front desk", None, "not-a-slug", "'Front desk' is not the slug of a channel; did you mean 'desk'?", ("desk",)),
    (
        "viber",
        None,
        "unknown-channel",
        "no channel 'viber' is installed here; installed: whatsapp, sms, live_chat, desk",
        (),
    ),
    ("", "chat", "not-a-slug", "'' is not the slug of a channel; 'chat' is on 'live_chat'", ("live_chat",)),
    ("sms", "wa-1001", "contradiction", "the event contradicts itself: 'wa-1001' is on 'whatsapp', not on 'sms'", ()),
    (
        "whatsapp",
        "+4915510000101",
        "unknown-instance",
        "no instance is called '+4915510000101'; 'wa-1001' has 'whatsapp:+4915510000101': "
        "if that is meant, add the name to its external_ids",
        ("wa-1001",),
    ),
    (
        None,
        "0049 155 1000-0102",
        "unknown-instance",
        "no instance is called '0049 155 1000-0102'; 'wa-1002' has 'whatsapp:+4915510000102': "
        "if that is meant, add the name to its external_ids",
        ("wa-1002",),
    ),
    (
        "whatsapp",
        "berlin",
        "unknown-instance",
        "no instance is called 'berlin'; 'wa-1001' is named 'Berlin': "
        "if that is meant, add the name to its external_ids",
        ("wa-1001",),
    ),
    (
        "whatsapp",
        "WA-1001",
        "unknown-instance",
        "no instance is called 'WA-1001'; there is 'wa-1001': if that is meant, add the name to its external_ids",
        ("wa-1001",),
    ),
    (
        "whatsapp",
        "+447700900110 ",
        "unknown-instance",
        "no instance is called '+447700900110 '; 'sms-uk' has '+447700900110', on 'sms' and not on 'whatsapp'",
        ("sms-uk",),
    ),
    (
        "whatsapp",
        "whatsapp:+4915510000103",
        "unknown-instance",
        "no instance is called 'whatsapp:+4915510000103'; WhatsApp has: wa-1001, wa-1002",
        (),
    ),
    ("whatsapp", "wa-1003", "unknown-instance", "no instance is called 'wa-1003'; WhatsApp has: wa-1001, wa-1002", ()),
    ("sms", "sms-ukk", "unknown-instance", "no instance is called 'sms-ukk'; did you mean 'sms-uk'?", ("sms-uk",)),
    ("sms", "", "unknown-instance", "no instance is called ''; SMS has: sms-uk", ()),
]


@pytest.mark.parametrize(("channel", "instance", "fault", "words", "meant"), FOUND)
def test_what_is_wrong(
    channel: str | None, instance: str | None, fault: str, words: str, meant: tuple[str, ...]
) -> None:
    (finding,) = place_findings(channel, instance, CONFIG)
    assert finding == (fault, words, meant)


@pytest.mark.parametrize(
    ("channel", "instance"),
    [(None, None), ("sms", None), (None, "sms-uk"), ("sms", "+447700900110"), ("whatsapp", "ch-7d1e")],
)
def test_what_is_not_stated_is_not_wrong(channel: str | None, instance: str | None) -> None:
    assert place_findings(channel, instance, CONFIG) == ()


def test_both_can_be_wrong() -> None:
    channel, instance = place_findings("Whats App", "+4915510000101", CONFIG)
    assert (channel.fault, instance.fault) == ("not-a-slug", "unknown-instance")
    assert (channel.meant, instance.meant) == (("whatsapp",), ("wa-1001",))


def test_of_several_that_could_be_meant_each_is_named() -> None:
    twins = WorkspaceConfig(
        name="W",
        instances=tuple(
            Instance(id=f"{channel}-1", channel=channel, name="One", external_ids=(f"{channel}:+4915510000101",))
            for channel in ("whatsapp", "sms")
        ),
    )
    (finding,) = place_findings(None, "+4915510000101", twins)
    assert finding.meant == ("whatsapp-1", "sms-1")
    assert finding.words.endswith(": add the name to the external_ids of the one that is meant")


def test_a_number_is_no_part_of_another_number() -> None:
    for stated in ("4915510000", "whatsapp:+491551000010", "49155100001011", "5510000101155"):
        (finding,) = place_findings("whatsapp", stated, CONFIG)
        assert finding.meant == (), stated


def test_where_nothing_is_installed_nothing_is_proposed() -> None:
    findings = place_findings("sms", "sms-uk", WorkspaceConfig(name="Empty"))
    assert [each.words for each in findings] == [
        "no channel 'sms' is installed here; nothing is installed",
        "no instance is called 'sms-uk'; nothing is installed",
    ]


stated = st.one_of(
    st.none(),
    st.sampled_from([*CONFIG.by_name, *CONFIG.installed_channels, *(each.name for each in CONFIG.instances)]),
    st.text(max_size=20),
    st.from_regex(r"(whatsapp:)?\+?[0-9 ]{4,14}", fullmatch=True),
    strategies.channel_names,
    strategies.instance_names,
)


@given(stated, stated)
def test_suggestions_name_what_exists_and_findings_are_those_of_unsound_places(
    channel: str | None, instance: str | None
) -> None:
    findings = place_findings(channel, instance, CONFIG)
    at = CONFIG.by_name.get(instance)
    known = channel in (None, *CONFIG.installed_channels) and (instance is None or at is not None)
    agree = channel is None or at is None or at.channel == channel
    assert is_sound(channel, instance, CONFIG) == (not findings) == (known and agree)
    for finding in findings:
        names = CONFIG.by_id if finding.fault == "unknown-instance" else CONFIG.installed_channels
        assert all(meant in names for meant in finding.meant)
        assert finding.words
