"""All rules, by code, and the page of each: what its module says of itself."""

import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import NamedTuple

from oncue.domain.problems import Code
from oncue.linting.rule import Rule
from oncue.linting.rules import (
    answers_forever,
    answers_machines,
    checks_nothing,
    double_reply,
    duplicate,
    empty_step,
    expects_wrong_flow,
    file_name,
    greets_the_team,
    impossible_event,
    limit,
    loop,
    matches_nothing,
    missing_key,
    never_filled,
    never_holds,
    never_starts,
    no_steps,
    not_covered,
    order_decides,
    switched_off,
    syntax,
    unknown_channel,
    unknown_flow,
    unknown_hours,
    unknown_instance,
    unknown_key,
    unknown_placeholder,
    unknown_value,
    unreadable,
    unused_instance,
    value_contradiction,
    value_rule,
    wrong_channel,
    wrong_type,
)

_MODULES: tuple[ModuleType, ...] = (
    unreadable,
    file_name,
    syntax,
    limit,
    unknown_key,
    missing_key,
    wrong_type,
    unknown_value,
    value_rule,
    value_contradiction,
    unknown_channel,
    unknown_instance,
    wrong_channel,
    matches_nothing,
    empty_step,
    unknown_placeholder,
    never_filled,
    never_holds,
    unknown_hours,
    unknown_flow,
    impossible_event,
    expects_wrong_flow,
    checks_nothing,
    not_covered,
    no_steps,
    switched_off,
    never_starts,
    unused_instance,
    duplicate,
    double_reply,
    order_decides,
    loop,
    answers_forever,
    answers_machines,
    greets_the_team,
)

_BLOCK = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Page(NamedTuple):
    """The page of a rule: a sentence about what it finds, why that matters, and files with it and without it."""

    title: str
    why: str
    example: str
    instead: str

    @property
    def markdown(self) -> str:
        """The page without its title."""
        return f"{self.why}\n\nExample:\n\n```toml\n{self.example}```\n\nInstead:\n\n```toml\n{self.instead}```\n"


def _rule_of(module: ModuleType) -> Rule:
    rule = module.RULE
    assert isinstance(rule, Rule)
    return rule


RULES: Mapping[Code, Rule] = {_rule_of(module).code: _rule_of(module) for module in _MODULES}
"""Every rule by its code, in order."""

_PAGES = {_rule_of(module).code: module.__doc__ or "" for module in _MODULES}


def page_of(code: Code) -> Page:
    """The page of the rule with ``code``."""
    text = _PAGES[code]
    title, _, rest = text.partition("\n")
    why, _, _ = rest.partition("\nExample:\n")
    example, instead = _BLOCK.findall(text)
    return Page(title.strip(), why.strip(), example, instead)


def codes_like(beginning: str) -> Iterator[Code]:
    """The codes that begin so."""
    return (code for code in RULES if code.startswith(beginning))
