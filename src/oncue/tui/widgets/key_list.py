"""The keys of a dialog or a picker, which it shows when it is asked for them."""

from collections.abc import Sequence

from oncue.tui.widgets.lines import LineWidget
from oncue.workbench.spans import Line, cells_of, line, wrapped


class KeyList(LineWidget):
    """Keys, each with what it does."""

    DEFAULT_CSS = """
    KeyList { margin: 1 0 0 0; }
    """

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def lines(self, width: int) -> Sequence[Line]:
        pad = max((cells_of(keys) for keys, _ in self._keys), default=0)
        return [
            row
            for keys, what in self._keys
            for row in wrapped(line((keys, "accent"), f"{' ' * (pad - cells_of(keys))}  {what}"), width, pad + 2)
        ]
