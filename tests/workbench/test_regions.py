"""Parts of the event space as values."""

from tests.builders import CONFIG

from oncue.matching.space import event_space
from oncue.workbench.regions import kinds_of_events, region_json


def test_counts_are_in_words() -> None:
    assert [kinds_of_events(number) for number in (0, 1, 1_000)] == [
        "0 kinds of events",
        "1 kind of event",
        "1,000 kinds of events",
    ]


def test_a_region_has_every_value_once_and_in_order() -> None:
    others, messages = region_json(event_space(CONFIG), CONFIG)
    assert others["size"] == 3 * 4 * 9
    assert others["messages"] == []
    assert messages["size"] == 4 * 9 * 13
    assert messages["participants"][0] == "contact"
    assert messages["messages"][-1] is None
    assert messages["places"] == [
        {"channel": "email", "instance": None},
        {"channel": "email", "instance": "mail"},
        {"channel": "whatsapp", "instance": None},
        {"channel": "whatsapp", "instance": "wa"},
    ]
    assert messages["words"] == "Message created · everywhere · anybody · any message"
