"""One JSON object, written member by member, so that a long list in it is never in memory as a whole.

All of it is ASCII and on one line; see `oncue.workbench.json_values`.
"""

from collections.abc import Callable

from oncue.workbench.json_values import as_json


class JsonStream:
    """Writes an object with ``write``: its members in order, then `close`.

    A list that is long or not known yet is written between `begin_list` and `end_list`, item by item.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._before_member = b"{"
        self._before_item = b""

    def member(self, name: str, value: object) -> None:
        """Write a member."""
        self.encoded_member(name, as_json(value))

    def encoded_member(self, name: str, value: bytes) -> None:
        """Write a member whose value is encoded already."""
        self._write(b"%b%b:%b" % (self._before_member, as_json(name), value))
        self._before_member = b","

    def begin_list(self, name: str) -> None:
        """Begin a member that is a list."""
        self.encoded_member(name, b"[")
        self._before_item = b""

    def item(self, value: object) -> None:
        """Write an item of the list."""
        self._write(self._before_item + as_json(value))
        self._before_item = b","

    def end_list(self) -> None:
        """End the list."""
        self._write(b"]")

    def close(self) -> None:
        """End the object, and the line."""
        self._write(b"}\n" if self._before_member == b"," else b"{}\n")
