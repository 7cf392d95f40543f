"""The nearest valid name: what to say after a name that is not known."""

from collections.abc import Iterable

from oncue.text import first


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The choice that ``name`` was most likely meant to be, if any is near."""
    from difflib import get_close_matches

    by_folded = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(name.casefold()[:100], by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, choices: Iterable[str], most: int = 12) -> str:
    """A half sentence that helps after an unknown ``name``: the nearest choice, or the first ``most`` of them."""
    known = list(choices)
    if near := nearest(name, known):
        return f"did you mean {near!r}?"
    if not known:
        return "there are none"
    return f"expected one of: {first(known, most)}"
