"""Why something in a capture is none of the four events, in the words of the summary."""

from collections import Counter
from collections.abc import Iterator

from oncue.text import counted

RECEIPT = "a receipt"
TYPING = "typing"
EDIT = "an edit of a message"
DELETION = "a deletion"
NOTE = "a private note"
REACTION = "a reaction"
ASSIGNMENT = "an assignment, which does not say who joined or left"
STATE = "a change of the conversation, and of nobody in it"
PROFILE = "a change of a person or a profile"
BEFORE = "a question before something happens; what happened is reported after it"
REPEATED = "reported by another event, too"
NO_EVENT = "none of the four events"
UNKNOWN = "a kind that is not known"

_MOST_KINDS = 500
"""How many kinds are counted apart."""
_NAMED = 4
"""How many kinds of a reason are named."""


def count_skipped(counts: "Counter[tuple[str, str]]", reason: str, kind: str, most: int = _MOST_KINDS) -> None:
    """Count what was skipped by its reason and kind; kinds beyond ``most`` are counted together."""
    key = (reason, kind)
    counts[key if key in counts or len(counts) < most else (reason, "other kinds")] += 1


def by_reason(counts: "Counter[tuple[str, str]]") -> Iterator[tuple[str, int, str]]:
    """Each reason with its count and its kinds in words, the most frequent first."""
    reasons: Counter[str] = Counter()
    for (reason, _), count in counts.items():
        reasons[reason] += count
    for reason, count in reasons.most_common():
        kinds = Counter({kind: count for (why, kind), count in counts.items() if why == reason})
        named = [f"{kind or 'without a name'} ({count:,})" for kind, count in kinds.most_common(_NAMED)]
        more = len(kinds) - _NAMED
        yield reason, count, ", ".join([*named, counted(more, "more kind")] if more > 0 else named)
