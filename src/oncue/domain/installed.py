"""What to say of a channel or an instance that the workspace does not have.

People name an instance by what they see elsewhere: its name, its telephone number, its address. So it is looked for by
all that the workspace knows of it, and a number only by its digits: one that is spelt alike is another line.
"""

import re
from collections.abc import Collection, Iterable

from oncue.domain.problems import KeyPath
from oncue.domain.vocabulary import CHANNEL_LABELS
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.suggestions import did_you_mean, fold, likely, same_but_for_form
from oncue.text import first, listed

_FEWEST_DIGITS = 5
_FEWEST_LETTERS = 3


def channel_hint(stated: str, known: Iterable[str]) -> str:
    """What was meant by a channel that is not among ``known``, or which there are."""
    choices = list(known)
    if (slug := foreign_channel(stated)) is not None:
        if slug in choices:
            return f"did you mean {slug!r}?"
        called = "" if slug == stated else f"it is called {slug!r} here; "
        return f"{called}{did_you_mean('', choices)}"
    return did_you_mean(stated, choices)


def foreign_channel(stated: str) -> str | None:
    """The channel of the catalogue that ``stated`` is another word, or another spelling, for."""
    if (same := same_but_for_form(stated, CHANNEL_LABELS)) is not None:
        return same
    from oncue.foreign_words import CHANNELS  # for messages only

    folded = fold(stated)
    labelled = (slug for slug, label in CHANNEL_LABELS.items() if fold(label) == folded)
    foreign = (slug for slug, words in CHANNELS.items() if folded in map(fold, words.split()))
    return next(labelled, None) or next(foreign, None)


def instance_hint(stated: str, config: WorkspaceConfig, among: Iterable[Instance] | None = None) -> str:
    """What was meant by ``stated``, which is no instance's id; or the ids that there are ``among`` the instances.

    It is looked for as an id in another form, an external id, a name, a part of an external id, and only then as an id
    or a name that is spelt nearly the same. ``among`` that are none, it is one of all.
    """
    instances = tuple(among or config.instances)
    return instance_meant(stated, instances) or did_you_mean("", [each.id for each in instances])


def reference_hint(path: KeyPath, stated: str, config: WorkspaceConfig, flow_ids: Collection[str] = ()) -> str | None:
    """What was meant by ``stated``, which cannot be a name, where ``path`` refers to something of the workspace."""
    keys = [part for part in path if isinstance(part, str)]
    if keys[-1:] == ["instance"]:
        return instance_hint(stated, config)
    if keys == ["trigger", "channel"]:
        return channel_hint(stated, config.installed_channels)
    return did_you_mean(stated, flow_ids) if keys[-1:] == ["expect"] else None


def instance_meant(stated: str, instances: tuple[Instance, ...]) -> str | None:
    """``did you mean …?`` with the reason, if any of ``instances`` is meant."""
    if (same := same_but_for_form(stated, [each.id for each in instances])) is not None:
        return f"did you mean {same!r}?"
    folded = fold(stated)
    if found := [each for each in instances if folded and folded in map(fold, each.external_ids)]:
        return _did_you_mean(found, f"which has the external id {_external_id(found[0], folded)!r}")
    if found := [each for each in instances if folded and fold(each.name) == folded]:
        return _did_you_mean(found, f"whose name is {found[0].name!r}")
    if found := [each for each in instances if _contained(stated, each)]:
        return _did_you_mean(found, f"which has the external id {_contained(stated, found[0])!r}")
    if re.search(r"\d{3}", stated) and not re.search(r"[^\W\d_]", stated):
        return None  # a number
    if near := likely(stated, [each.id for each in instances]):
        return f"did you mean {near[0]!r}?"
    if near := likely(stated, [each.name for each in instances]):
        named = [each for each in instances if each.name == near[0]]
        return _did_you_mean(named, f"whose name is {near[0]!r}")
    return None


def _did_you_mean(found: list[Instance], why: str) -> str:
    if len(found) == 1:
        return f"did you mean {found[0].id!r}, {why}?"
    ids = [repr(each.id) for each in found]
    return f"did you mean {listed(ids, 'or') if len(ids) < 5 else f'one of {first(ids, 4)}'}?"


def _external_id(instance: Instance, folded: str) -> str:
    return next(each for each in instance.external_ids if fold(each) == folded)


def _contained(stated: str, instance: Instance) -> str | None:
    """The external id of ``instance`` that contains ``stated`` or is contained in it: ``whatsapp:+49151…``."""
    digits, letters = _digits(stated), fold(stated)
    for each in instance.external_ids:
        own = _digits(each)
        if len(digits) >= _FEWEST_DIGITS and len(own) >= _FEWEST_DIGITS and (digits in own or own in digits):
            return each
        if "@" in stated and len(letters) >= _FEWEST_LETTERS and letters in fold(each):
            return each
    return None


def _digits(text: str) -> str:
    """The digits of a telephone number, without what stands for its international prefix."""
    return "".join(re.findall(r"[0-9]", text)).removeprefix("00")
