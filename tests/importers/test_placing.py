from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.importers.placing import Placing
from oncue.importers.recorded import RecordedEvent

CONFIG = WorkspaceConfig(
    name="Acme",
    instances=(
        Instance(id="wa", channel="whatsapp", name="WhatsApp", external_ids=("whatsapp:+31", "whatsapp/ab12")),
        Instance(id="chat", channel="live_chat", name="Chat", external_ids=("ab12",)),
    ),
)


def event(instance: str | None, channel: str | None = None, provider: str | None = "acme") -> RecordedEvent:
    return RecordedEvent("participant_added", channel, instance, provider=provider)


def placed(instance: str | None, channel: str | None = None) -> tuple[str | None, str | None]:
    one = event(instance, channel)
    Placing(CONFIG).place(one)
    return one.channel, one.instance


def test_an_external_id_gives_instance_and_channel() -> None:
    assert placed("whatsapp:+31") == placed("whatsapp:+31", "whatsapp") == placed("wa") == ("whatsapp", "wa")
    assert placed("ab12", "whatsapp") == ("whatsapp", "wa")
    assert placed("ab12") == placed("ab12", "live_chat") == ("live_chat", "chat")


def test_what_is_not_installed_or_contradicts_stays_as_it_is() -> None:
    assert placed("x", "email") == ("email", "x")
    assert placed("whatsapp:+31", "sms") == ("sms", "whatsapp:+31")
    assert placed(None, "email") == ("email", None)
    assert placed("ab12", "email") == ("email", "ab12")


def test_what_would_map_the_rest() -> None:
    placing = Placing(CONFIG)
    for one in (
        event("mail@example.com", "email"), event("mail@example.com"), event("mail@example.com", "email"),
        event("ab12", "sms"), event("7"), event("team", "slack"), event("team", "matrix"), event(None),
    ):  # fmt: skip
        placing.place(one)
    found = {(place.instance, place.channel): (place.events, instance) for place, instance in placing.proposals()}
    assert placing.unstated == 1
    assert found["mail@example.com", "email"] == (
        3,  # also the one that does not state the channel, which others do
        Instance(
            id="email-mail-example-com",
            channel="email",
            name="Email mail@example.com",
            external_ids=("mail@example.com",),
        ),
    )
    assert found["7", None] == (1, None)
    sms = found["ab12", "sms"][1]
    assert sms is not None
    assert sms.external_ids == ("sms/ab12",)
    slack, matrix = found["team", "slack"][1], found["team", "matrix"][1]
    assert slack is not None
    assert matrix is not None
    assert (slack.external_ids, matrix.external_ids) == (("slack/team",), ("matrix/team",))
    everything = (*CONFIG.instances, *(each for _, each in found.values() if each is not None))
    more = WorkspaceConfig(name="Acme", instances=everything)  # which refuses what is there twice
    again = Placing(more)
    assert all(again.place(event(name, channel)) for name, channel in found if channel is not None)
