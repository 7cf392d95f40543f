"""Which findings are wanted: by codes, or by how several of them begin."""

from typing import NamedTuple

from oncue.domain.workspace import CheckSettings


class Selection(NamedTuple):
    """Codes to look for and codes to leave out; a code that both name is left out. ``None`` is every code."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: CheckSettings, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> "Selection":
        """What the workspace wants; ``select`` instead of its own selection, and without ``ignore`` as well."""
        return cls(select or settings.select, (*(settings.ignore or ()), *ignore))

    def wants(self, code: str) -> bool:
        """Whether findings of ``code`` are wanted."""
        return (self.select is None or code.startswith(self.select)) and not code.startswith(self.ignore)
