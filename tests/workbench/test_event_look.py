import unicodedata

from rich.cells import cell_len

from oncue.domain.vocabulary import EVENT_KINDS
from oncue.workbench.event_look import EVENT_LOOKS

EMOJI = set("©®‼⁉™ℹ↔↩⌚⌛⌨⏏▪▫▶◀◻◼☀☁☂☃☄☎☑☔☕✂✅✈✉✊✋✌✍✏✒✔✖✝✡✨✳✴❄❇❌❎❓❗❣❤➕➖➗➡➰⤴⬅⬆⬇")
"""Signs that a careless choice would be among: terminals may draw them as pictures of two cells."""


def test_every_event_can_be_told_without_colour_and_by_colour() -> None:
    assert list(EVENT_LOOKS) == list(EVENT_KINDS), "in the order of every screen"
    for number in range(3):
        assert len({look[number] for look in EVENT_LOOKS.values()}) == len(EVENT_KINDS)


def test_each_glyph_takes_one_cell_in_every_terminal() -> None:
    for look in EVENT_LOOKS.values():
        assert len(look.glyph) == cell_len(look.glyph) == 1
        assert unicodedata.east_asian_width(look.glyph) in ("N", "Na"), "not two cells in East Asian fonts"
        assert look.glyph not in EMOJI


def test_no_glyph_is_taken_for_a_mark_of_a_difference() -> None:
    assert not {look.glyph for look in EVENT_LOOKS.values()} & set("+-−")
