"""The parser of the terminal's input, which no sequence can end."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._parser import ParseError
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

from oncue.tui.framework.key_names import key_name
from oncue.tui.framework.sizes import MAX_SIZE


class TolerantParser(XTermParser):
    """Textual's parser of the terminal's input, which drops what it cannot make out.

    Textual's raises for the release of a key (``CSI 97;1:3u``), for numbers that are no characters, and for the pointer
    in a window without a size; that ended the thread that reads the keys, and so the app.

    In a paste, Escape begins nothing but the end of it, and is dropped otherwise, as control characters of a paste are.
    Textual's takes what follows it for a sequence, and carries that out as keys if it is none. Most terminals let no
    Escape into a paste, but not all do.
    """

    _pasting = False
    _before = ""
    """Outside a paste the latest letters, in a paste those that may begin its end mark."""

    def feed(self, data: str) -> Iterator[Message]:
        """The messages of ``data``. It is taken letter by letter, so that what follows a bad sequence is not lost."""
        for character in data or ("",):
            for known in self._without_escapes(character):
                yield from self._guarded(super().feed(known))

    def _without_escapes(self, character: str) -> str | tuple[str]:
        """What to parse now that ``character`` has come; all of it outside a paste."""
        seen = self._before + character
        if not character or not self._pasting:
            self._pasting = seen.endswith(BRACKETED_PASTE_START)
            self._before = "" if self._pasting else seen[1 - len(BRACKETED_PASTE_START) :]
            return (character,)
        if seen == BRACKETED_PASTE_END:
            self._pasting, self._before = False, ""
            return seen
        if BRACKETED_PASTE_END.startswith(seen):
            self._before = seen
            return ""
        self._before = "\x1b" if character == "\x1b" else ""
        return seen.replace("\x1b", "")

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Override: Escape and a sign are two keys; Textual takes them for a sign that a Mac has on its option key.

        No terminal sends that so: it sends the sign itself.
        """
        if len(sequence) == 2 and sequence[0] == "\x1b" and sequence[1].isprintable() and sequence[1] not in "bf[O":
            character = sequence[1]
            if isinstance(ANSI_SEQUENCES_KEYS.get(sequence), str):
                yield events.Key(f"alt+{key_name(character)}", character)
                return
        yield from super()._sequence_to_key_events(sequence, alt)

    def tick(self) -> Iterator[Message]:
        yield from self._guarded(super().tick())

    def _guarded(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            for message in messages:
                yield _bounded(message) if isinstance(message, events.Resize) else message
        except ParseError:  # after the end of the input, which the driver knows
            raise
        except Exception:  # whatever it could not make out; its state is lost with it
            self._gen = self.parse(self._tokens.append)
            self._awaiting = next(self._gen)
            self._timeout_time = None


def _bounded(event: events.Resize) -> events.Resize:
    width, height = (min(size, most) for size, most in zip(event.size, MAX_SIZE, strict=True))
    if (width, height) == event.size:
        return event
    return events.Resize.from_dimensions((width, height), None)


def parse_input_tolerantly() -> None:
    """Let the terminal driver parse its input with a `TolerantParser`."""
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        setattr(linux_driver, "XTermParser", TolerantParser)  # noqa: B010 - not in its public names
