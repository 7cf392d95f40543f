"""The channels and instances that options name."""

import pytest

from oncue.cli.diagnostics import UsageError
from oncue.cli.places import channel_named, instance_named
from oncue.domain.workspace import Instance, WorkspaceConfig

CONFIG = WorkspaceConfig(
    name="Acme",
    instances=(
        Instance(id="wa-nl", channel="whatsapp", name="Support", external_ids=("whatsapp:+31",)),
        Instance(id="mail", channel="email", name="Support"),
        Instance(id="chat", channel="live_chat", name="Shop window"),
        Instance(id="support", channel="sms", name="Alerts"),
        Instance(id="mail-1", channel="email", name="Sales"),
        Instance(id="mail-2", channel="email", name="SALES"),
    ),
)


@pytest.mark.parametrize("word", ["live_chat", "Live chat", "live-chat", "LIVE CHAT"])
def test_a_channel_goes_by_its_slug_and_its_label(word: str) -> None:
    assert channel_named(word, ["sms", "live_chat"], CONFIG) == "live_chat"


@pytest.mark.parametrize(
    ("word", "instance"),
    [
        ("wa-nl", "wa-nl"),
        ("WA NL", "wa-nl"),
        ("whatsapp:+31", "whatsapp:+31"),
        ("shop-window", "chat"),
        ("Support", "support"),
        ("alerts", "support"),
    ],
)
def test_an_instance_goes_by_its_id_an_external_id_and_its_name(word: str, instance: str) -> None:
    assert instance_named(word, None, CONFIG) == instance


def test_the_channel_tells_instances_of_one_name_apart() -> None:
    config = WorkspaceConfig(name="Acme", instances=CONFIG.instances[:2])
    assert [instance_named("support", channel, config) for channel in ("email", "whatsapp")] == ["mail", "wa-nl"]


@pytest.mark.parametrize(
    ("word", "channel", "message"),
    [
        ("Sales", None, "'Sales' is not clear; it may be 'mail-1' (Sales) or 'mail-2' (SALES); give one of these"),
        ("Sales", "email", "'Sales' is not clear; it may be 'mail-1' (Sales) or 'mail-2' (SALES); give one of these"),
        ("Shop window", "email", "'chat' is on 'live_chat', not on 'email'"),
        ("shop windw", None, "no instance 'shop windw' here; did you mean 'chat', whose name is 'Shop window'?"),
        ("wa-ln", None, "no instance 'wa-ln' here; did you mean 'wa-nl'?"),
        ("x", None, "no instance 'x' here; expected one of: wa-nl (Support), mail (Support), chat (Shop window), supp"),
    ],
)
def test_other_instances_are_refused(word: str, channel: str | None, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        instance_named(word, channel, CONFIG)
    assert str(refused.value).startswith(f"--instance: {message}")


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("fax", "no channel 'fax' here; expected one of: sms, kakao (KakaoTalk)"),
        ("kakaotlk", "no channel 'kakaotlk' here; did you mean 'kakao' (KakaoTalk)?"),
        ("Viber", "no channel 'Viber' here; it is called 'viber' here; expected one of: sms, kakao"),
    ],
)
def test_other_channels_are_refused(word: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        channel_named(word, ["sms", "kakao"], CONFIG)
    assert str(refused.value) == f"--channel: {message}"


def test_a_label_of_two_channels_is_not_clear() -> None:
    config = WorkspaceConfig(name="Acme", channels={"desk": "Counter", "kiosk": "counter"})
    with pytest.raises(UsageError, match="--channel: 'COUNTER' is not clear; it may be 'desk'"):
        channel_named("COUNTER", ["desk", "kiosk"], config)
