"""How conditions are offered and filled in: their groups, labels, helps and synonyms, and what can be added to a flow.

What a condition means is said by `oncue.domain.conditions`; here is what people look for when they want one, and
which kind of field its value is edited in. A condition that cannot hold for the flow's event, or that the workspace
has nothing for, is offered with the reason why it cannot be added, so that nobody looks for it in vain.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from oncue.domain.conditions import CONDITIONS, OF_MESSAGES
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import EVENT_KINDS, EventKind
from oncue.domain.workspace import WorkspaceConfig

Kind = Literal["lines", "line", "attributes", "types", "hours", "flag", "once"]
"""How a value is filled in: texts, a line each; one text; names with values; chips of participant types or of hours;
yes or no; one of the limits.
"""


class ConditionForm(NamedTuple):
    """How a condition is offered: by a ``label`` and a ``help`` in plain words, among those that look at ``group``.

    ``synonyms`` are other words that people look for. ``hint`` is shown in an empty field.
    """

    group: str
    label: str
    help: str
    kind: Kind
    synonyms: str
    hint: str = ""


_TEXT, _WHO, _CONVERSATION, _TIME, _PAST = "the text", "who it is", "the conversation", "the time", "how often"
_PHRASES = "one phrase per line; refund* is any word that begins so"
_LABELS = "one label per line"

FORMS: Mapping[str, ConditionForm] = {
    "text_any": ConditionForm(
        _TEXT,
        "Text has one of",
        "a keyword or phrase is in it",
        "lines",
        "keywords contains mentions words any",
        _PHRASES,
    ),
    "text_all": ConditionForm(
        _TEXT, "Text has all of", "every keyword is in it", "lines", "keywords contains phrases and", _PHRASES
    ),
    "text_none": ConditionForm(
        _TEXT,
        "Text has none of",
        "no such keyword is in it",
        "lines",
        "keywords not without excludes phrases",
        _PHRASES,
    ),
    "text_starts": ConditionForm(
        _TEXT,
        "Text begins with",
        "a keyword or phrase stands first",
        "lines",
        "keywords starts command prefix",
        _PHRASES,
    ),
    "participants": ConditionForm(
        _WHO,
        "Certain people",
        "who did it, by id or name",
        "lines",
        "participants customer contact person sender author vip user from",
        "one id or name per line",
    ),
    "attributes": ConditionForm(
        _WHO,
        "Contact's attributes",
        "the contact has these values",
        "attributes",
        "custom fields properties plan segment language data",
        'one per line: plan = "pro"',
    ),
    "started_by": ConditionForm(
        _CONVERSATION, "Started by", "who began the conversation", "types", "initiated opened source inbound outbound"
    ),
    "present": ConditionForm(
        _CONVERSATION, "Present", "somebody of each type is there", "types", "participants joined in with"
    ),
    "absent": ConditionForm(
        _CONVERSATION, "Absent", "nobody of these types is there", "types", "participants without left not missing"
    ),
    "responsible": ConditionForm(
        _CONVERSATION,
        "Responsible",
        "nobody, somebody, or by name",
        "line",
        "assigned assignee unassigned owner agent bot team",
        "nobody, somebody, or a name",
    ),
    "labels": ConditionForm(
        _CONVERSATION, "Has the labels", "all of them are on it", "lines", "tags tagged category topic", _LABELS
    ),
    "without_labels": ConditionForm(
        _CONVERSATION,
        "Lacks the labels",
        "none of them is on it",
        "lines",
        "tags untagged not without category",
        _LABELS,
    ),
    "first_message": ConditionForm(
        _CONVERSATION, "First message", "it is the contact's first, or not", "flag", "new customer greeting initial"
    ),
    "reopened": ConditionForm(
        _CONVERSATION, "Closed before", "it was closed before, or never", "flag", "reopened returning again resolved"
    ),
    "during_hours": ConditionForm(
        _TIME, "During hours", "within one of the named hours", "hours", "business office opening schedule open weekday"
    ),
    "outside_hours": ConditionForm(
        _TIME, "Outside hours", "outside all of the named hours", "hours", "business office after closed night weekend"
    ),
    "once_per": ConditionForm(
        _PAST, "Once per", "conversation, contact or day", "once", "only limit frequency first repeat"
    ),
    "cooldown": ConditionForm(
        _PAST,
        "At most every",
        "its last start is so long ago",
        "line",
        "cooldown throttle rate limit pause wait delay frequency",
        "30m, 24h or 7d",
    ),
}
"""Each condition, by its key, grouped by what it looks at."""

assert tuple(FORMS) == CONDITIONS


def applies(key: str, event: EventKind) -> bool:
    """Whether the condition can hold for flows that ``event`` starts."""
    return key not in OF_MESSAGES or event == "message_created"


class Offer(NamedTuple):
    """A condition that a flow does not have yet; ``why_not`` it cannot be added, or nothing."""

    key: str
    form: ConditionForm
    why_not: str = ""


def offers(flow: Flow, config: WorkspaceConfig) -> tuple[Offer, ...]:
    """The conditions that ``flow`` does not have yet."""
    there = flow.when.lines if flow.when else ()
    return tuple(Offer(key, form, _why_not(key, flow, config)) for key, form in FORMS.items() if key not in there)


def _why_not(key: str, flow: Flow, config: WorkspaceConfig) -> str:
    if not applies(key, flow.trigger.event):
        return f"only for {EVENT_KINDS['message_created'].label}"
    if FORMS[key].kind == "hours" and not config.hours:
        return "add [[hours]] to workspace.toml"
    return ""


def first_value(key: str, config: WorkspaceConfig) -> Any:
    """The value that a condition has when it is added; ``None`` where the user has to say it."""
    match FORMS[key].kind:
        case "flag":
            return True
        case "once":
            return "conversation"
        case "hours":
            return (config.hours[0].id,) if len(config.hours) == 1 else None
    return None
