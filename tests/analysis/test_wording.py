"""Keys in words."""

from tests.analysis.states import CONFIG

from oncue.analysis.cover import cover
from oncue.analysis.decisions import WHO
from oncue.analysis.grid import Grid
from oncue.analysis.wording import cell_words
from oncue.domain.triggers import Trigger

GRID = Grid(CONFIG)


def words(trigger: Trigger, *but: str | None) -> list[str]:
    return [str(cell_words(cells, CONFIG)) for cells in cover(GRID, GRID.keys_of(trigger, set(WHO) - set(but)))]


def test_a_trigger_in_words() -> None:
    wide = Trigger(event="message_created", channel="whatsapp")
    assert words(wide) == ["Message created · every instance of WhatsApp · anybody · any message"]
    assert words(wide, "contact") == [
        "Message created · every instance of WhatsApp · anybody but Contact · any message"
    ]
    one = Trigger(event="participant_added", channel="whatsapp", instance="wa-1")
    assert words(one, *(who for who in WHO if who not in ("agent", None))) == [
        "Participant added · WhatsApp Rentals · Agent or unknown"
    ]


def test_everything_in_words() -> None:
    assert [str(cell_words(cells, CONFIG)) for cells in cover(GRID, GRID.keys)] == [
        "Message created · everywhere · anybody · any message",
        "Conversation created, Participant added or Participant removed · everywhere · anybody",
    ]
    stated = GRID.keys_of(Trigger(event="participant_added", channel="whatsapp"), WHO)
    named = stated & ~GRID.bit(next(key for key in GRID.every_key(stated) if key.instance is None))
    assert {str(cell_words(cells, CONFIG)).split(" · ")[1] for cells in cover(GRID, named)} == {
        "every instance of WhatsApp",
        "every instance of WhatsApp but an unknown instance",
    } or named
