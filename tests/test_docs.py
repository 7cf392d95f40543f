"""docs/matching.md and docs/flow-files.md hold to the code: their examples are run, their tables compared."""

import dataclasses
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from oncue.domain.checks import check_flow, check_scenario
from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.placeholders import PLACEHOLDERS
from oncue.domain.problems import Code
from oncue.domain.rules import FLOW_ID_RULE, SLUG_RULE
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import STEP_TYPES, Step
from oncue.domain.triggers import Trigger
from oncue.domain.values import key_of
from oncue.domain.vocabulary import CHANNEL_LABELS, EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import CheckSettings, Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.matching.explain import explain
from oncue.matching.matcher import compile_matcher
from oncue.matching.semantics import CLAUSES, starts
from oncue.simulation.observed import Observed
from oncue.simulation.runner import run_scenario
from oncue.storage.toml.read import MAX_DEPTH, MAX_FILE, MAX_ITEMS, MAX_STRING

DOCS = Path(__file__).parents[1] / "docs"
MATCHING = (DOCS / "matching.md").read_text(encoding="utf-8")
FLOW_FILES = (DOCS / "flow-files.md").read_text(encoding="utf-8")

# A heading, the name of the file that follows, a fenced block, or an outcome: all that the tests read.
_PART = re.compile(
    r"^(?P<level>#+) (?P<heading>[^\n]+)$|^`(?P<file>[\w./-]+)`$"
    r"|^```(?P<language>\w*)\n(?P<block>.*?)^```$|^→ (?P<outcome>[^\n]+)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass
class Example:
    """An event, the flows that it is held against, and what is to come of it."""

    rule: str
    config: dict[str, Any]
    flows: dict[str, dict[str, Any]]
    events: list[dict[str, Any]]
    outcome: str


def matching_examples() -> Iterator[Example]:
    """Flows stay in force until the next flow that has no file name, or the next rule."""
    rule, file = "", ""
    config: dict[str, Any] = {}
    flows: dict[str, dict[str, Any]] = {}
    events: list[dict[str, Any]] = []
    for part in _PART.finditer(MATCHING):
        match part.groupdict():
            case {"heading": str(heading)}:
                rule, file, config, flows = heading, "", {}, {}
            case {"file": str(file_name)}:
                file = file_name
            case {"language": "toml", "block": str(block)}:
                if file == "workspace.toml":
                    config = tomllib.loads(block)
                elif file:
                    flows = {**flows, Path(file).stem: tomllib.loads(block)}
                else:
                    flows = {"example": tomllib.loads(block)}
                file = ""
            case {"language": "json", "block": str(block)}:
                found = json.loads(block)
                events = found if isinstance(found, list) else [found]
            case {"outcome": str(outcome)}:
                yield Example(rule, config, flows, events, outcome)


EXAMPLES = list(matching_examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}: {example.outcome}")
def test_examples_of_matching(example: Example) -> None:
    config = WorkspaceConfig(**{"name": "Example", **example.config})
    flows = {flow_id: Flow(**{"id": flow_id, "name": flow_id, **values}) for flow_id, values in example.flows.items()}
    workspace = Workspace(config, flows)
    matcher, observed = compile_matcher(workspace), Observed(workspace)
    for values in example.events:
        event = Event(**values)
        known = observed.known(event)
        decision = matcher.decide(event, known)
        observed.decided(event, decision)
    started = decision.runs
    assert set(started) == {flow_id for flow_id, flow in flows.items() if starts(flow, event, config, known)}
    if example.outcome.startswith("starts: "):
        assert example.outcome == f"starts: {', '.join(started) or 'nothing'}"
        return
    (flow,) = flows.values()
    explanation = explain(flow, event, config, known)
    outcome, _, edits = example.outcome.partition("; edit: ")
    verdict = "depends on" if explanation.depends_on else "does not match"
    assert outcome == (f"{verdict}: {', '.join(explanation.failed)}" if explanation.failed else "matches")
    assert decision.depends == ((flow.id,) if explanation.depends_on else ())
    assert explanation.matched == bool(started)
    if edits:
        assert edits == (" | ".join(edit.words for edit in explanation.edits) or "none")


def test_every_rule_is_a_must_with_an_example() -> None:
    rules = re.findall(r"^### (\d+)\. [^\n]+\n(.*?)(?=^###? |\Z)", MATCHING, re.MULTILINE | re.DOTALL)
    assert [int(number) for number, _ in rules] == list(range(1, len(rules) + 1))
    for number, text in rules:
        assert "MUST" in text, number
        assert "\n→ " in text, number
    blocks = len(re.findall(r"^```json$", MATCHING, re.MULTILINE))
    assert blocks == len(EXAMPLES) == MATCHING.count("\n→ ")


def test_every_clause_fails_in_some_example() -> None:
    failed = " ".join(example.outcome for example in EXAMPLES)
    assert all(clause in failed for clause in (*CLAUSES, *CONDITIONS))
    assert ", ".join(f"`{clause}`" for clause in CLAUSES[:5]) in MATCHING


@dataclass
class Section:
    """A part of docs/flow-files.md: the rows of its tables, by their first cell."""

    heading: str
    text: str
    rows: dict[str, list[str]] = field(default_factory=dict)


def sections_of(text: str) -> Iterator[Section]:
    for found in re.finditer(r"^##+ ([^\n]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL):
        section = Section(found[1], found[2])
        for cell, rest in re.findall(r"^\| `([^`]+)` \| (.+) \|$", found[2], re.MULTILINE):
            section.rows[cell] = [each.strip() for each in rest.split(" | ")]
        yield section


SECTIONS = {section.heading: section for section in sections_of(FLOW_FILES)}
STEP_CLASSES = {cls.__dataclass_fields__["type"].default: cls for cls in get_args(Step)}
TABLES: Mapping[str, type] = {
    "`workspace.toml`": WorkspaceConfig,
    "`[[instances]]`": Instance,
    "`[[hours]]`": Hours,
    "`[simulation]`": SimulationSettings,
    "`[check]`": CheckSettings,
    "`flows/<id>.toml`": Flow,
    "`[when]`": When,
    "`[trigger]`": Trigger,
    **{f"`{kind}`": cls for kind, cls in STEP_CLASSES.items()},
    "`scenarios/<id>.toml`": Scenario,
    "`[[events]]`": ScenarioEvent,
    "`expect_effects`": ExpectedEffects,
    "Events as JSON lines": Event,
    "`participant`": Participant,
    "`message`": Message,
}
# What a type is called, by what JSON Schema calls it.
TYPE_WORDS = {
    "string": r"text|slug|one of the \[|date and time",
    "boolean": "flag",
    "integer": "whole number",
    "array": "list of",
    "object": r"table|\[table\]",
}


def keys_of(model: type) -> list[dataclasses.Field[Any]]:
    """What may be written: not the id of a file, nor the type that makes a step what it is."""
    unwritten = {Flow: "id", Scenario: "id"} | dict.fromkeys(STEP_CLASSES.values(), "type")
    return [each for each in dataclasses.fields(model) if each.init and each.name != unwritten.get(model)]


@pytest.mark.parametrize(("heading", "model"), TABLES.items(), ids=TABLES)
def test_every_key_is_documented_with_type_and_default(heading: str, model: type) -> None:
    rows, keys = SECTIONS[heading].rows, keys_of(model)
    assert list(rows) == [key_of(key) for key in keys]
    schema = TypeAdapter(model).json_schema()
    for key in keys:
        type_word, default = rows[key_of(key)][:2]
        assert re.match(TYPE_WORDS[json_type(schema["properties"][key_of(key)])], type_word), key.name
        actual = key.default if key.default_factory is dataclasses.MISSING else key.default_factory()
        assert (default == "required") == (actual is dataclasses.MISSING), key.name
        if written := re.fullmatch(r"`(.+)`", default):
            expected = tomllib.loads(f"value = {written[1]}")["value"]
            assert (list(actual) if isinstance(actual, tuple) else actual) == expected, key.name
        elif default != "required":
            assert actual is None or actual in (SimulationSettings(), CheckSettings()), key.name


def json_type(schema: Mapping[str, Any]) -> str:
    for choice in schema.get("anyOf", [schema]):
        if choice.get("type") != "null":
            return str(choice.get("type", "object"))  # a reference is to a table
    raise AssertionError(schema)


def test_every_table_is_of_a_model() -> None:
    headings = {heading for heading, section in SECTIONS.items() if "| key |" in section.text}
    assert headings == {heading for heading, model in TABLES.items() if keys_of(model)}


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Events", {kind: list(term[:4]) for kind, term in EVENT_KINDS.items()}),
        ("Participant types", {value: list(term) for value, term in PARTICIPANT_TYPES.items()}),
        ("Message types", {value: list(term) for value, term in MESSAGE_TYPES.items()}),
        ("Channels", {channel: [label] for channel, label in CHANNEL_LABELS.items()}),
        ("`[[steps]]`", {kind: list(term) for kind, term in STEP_TYPES.items()}),
        ("Problems", {code.value: [code.meaning] for code in Code}),
        ("Placeholders", {name: [meaning] for name, meaning in PLACEHOLDERS.items()}),
    ],
)
def test_every_word_is_documented(heading: str, words: dict[str, list[str]]) -> None:
    assert SECTIONS[heading].rows == words
    assert list(SECTIONS[heading].rows) == list(words)


def test_rules_and_limits() -> None:
    plain = FLOW_FILES.replace("`", "").replace("'", "").replace("\n", " ")
    for rule in (FLOW_ID_RULE, SLUG_RULE):
        assert rule.replace("'", "") in plain
    assert f"{MAX_FILE // 1024} KiB a file, {MAX_STRING // 1024} KiB a text" in plain
    assert f"{MAX_ITEMS:,} entries a list, {MAX_DEPTH} levels" in plain


def test_links_lead_somewhere() -> None:
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in SECTIONS}
    for text in (FLOW_FILES, MATCHING):
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert target[1:] in anchors if target.startswith("#") else (DOCS / target.partition("#")[0]).is_file(), (
                target
            )


def example_files() -> dict[str, str]:
    """Every example of docs/flow-files.md by the name that stands above it; together they are a workspace."""
    files, file = {}, ""
    for part in _PART.finditer(FLOW_FILES):
        if part["file"]:
            file = part["file"]
        elif part["block"] is not None and file:
            files[file], file = part["block"], ""
    return files


def test_the_example_files_are_a_workspace_without_problems() -> None:
    files = example_files()
    config = WorkspaceConfig(**tomllib.loads(files.pop("workspace.toml")))
    lines = files.pop("events.jsonl").splitlines()
    flows, scenarios = {}, {}
    for file, text in files.items():
        values = {"id": Path(file).stem, **tomllib.loads(text)}
        if file.startswith("flows/"):
            flows[values["id"]] = Flow(**values)
        else:
            scenarios[values["id"]] = Scenario(**values)
    workspace = Workspace(config, flows, scenarios)
    assert flows
    assert scenarios
    assert not [problem for flow in flows.values() for problem in check_flow(flow, config)]
    for scenario in scenarios.values():
        assert not check_scenario(scenario, workspace.config, workspace.flows)
        assert run_scenario(scenario, workspace, compile_matcher(workspace)).ok
    assert {step.type for flow in flows.values() for step in flow.steps} == set(STEP_TYPES)
    events = [Event(**json.loads(line)) for line in lines]
    assert len(events) == 2
    assert [config.resolve(event).instance for event in events] == ["wa-shop", "wa-shop"]
