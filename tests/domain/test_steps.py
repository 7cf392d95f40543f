"""The table of step kinds is the only place that knows them all, but for what they do."""

import dataclasses
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from tests import strategies

from oncue.domain.fitting import fit_for
from oncue.domain.steps import STEP_KINDS, Step, StepType, form_of, new_step
from oncue.domain.values import fields_of, key_of, summary
from oncue.simulation.effects import EFFECTS

PAGE = (Path(__file__).parents[2] / "docs" / "flow-files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", STEP_KINDS)
def test_a_kind_is_described_in_full(kind: StepType) -> None:
    entry = STEP_KINDS[kind]
    step = new_step(kind)
    assert type(step) is entry.cls
    assert step.type == kind
    assert entry.label
    assert entry.help
    assert entry.phrase(step)
    assert isinstance(entry.detail(step), str)
    assert summary(entry.cls).endswith(".")
    assert f"| `{kind}` | {entry.label} | {entry.help} |" in PAGE
    assert f"#### `{kind}`" in PAGE or not form_of(kind)
    assert kind in EFFECTS


def test_nothing_else_has_an_effect() -> None:
    assert list(EFFECTS) == list(STEP_KINDS)
    assert [entry.cls for entry in STEP_KINDS.values()] == list(get_args(Step))


@pytest.mark.parametrize("kind", STEP_KINDS)
def test_a_form_asks_for_every_field_of_a_kind(kind: StepType) -> None:
    forms, step = form_of(kind), new_step(kind)
    fields = {key_of(field): field for field in dataclasses.fields(step)}
    assert ["type", *forms] == list(fields) == list(fields_of(step))
    for name, form in forms.items():
        assert form.label
        assert bool(form.vocabulary) == (form.kind in ("choice", "types"))
        assert fit_for(fields[name].type)(form.blank) == form.blank == fields_of(step)[name]
        assert fields[name].metadata["description"]
        for term in form.vocabulary:
            fit_for(fields[name].type)([term] if form.kind == "types" else term)


@given(strategies.steps)
def test_every_step_has_a_phrase_and_a_detail(step: Step) -> None:
    entry = STEP_KINDS[step.type]
    assert entry.phrase(step)[0] != " "
    assert "None" not in (entry.phrase(new_step(step.type)), entry.detail(new_step(step.type)))
