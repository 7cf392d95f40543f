"""What a field shows is read back as exactly what it was filled with: every field of every form, all of Unicode."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tui.hands import designer
from tests.tui.widgets.bare import bench
from textual.widgets import Input, TextArea

from oncue.domain.steps import STEP_TYPES, StepType, form_of, new_step
from oncue.domain.values import fields_of, replaced
from oncue.editing import edits
from oncue.text import from_editable
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.step_form import Place, StepForm
from oncue.workbench.attribute_text import parse_attributes
from oncue.workbench.tag_text import parse_tags

HARD = st.sampled_from(
    [
        "a\nb",
        "\r",
        "\r\n",
        "\x0b\x0c\x85\u2028\u2029",
        "\u202e\u2066a",
        "\u200b\u200d\ufeff",
        "\t",
        "␊",
        "⟨U+200F⟩",
        " a ",
    ]
)
TEXTS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1) | HARD, min_size=10, max_size=10, unique=True)
FEW = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
EDITED = [
    (kind, name) for kind in STEP_TYPES for name, form in form_of(kind).items() if form.kind not in ("choice", "types")
]


def test_there_are_fields_to_be_tried() -> None:
    assert {form_of(kind)[name].kind for kind, name in EDITED} == {"text", "name", "attributes"}


@pytest.mark.parametrize(("kind", "name"), EDITED)
@FEW
@given(TEXTS)
def test_fields_of_steps(kind: StepType, name: str, texts: list[str]) -> None:
    asyncio.run(_steps(kind, name, texts))


async def _steps(kind: StepType, name: str, texts: list[str]) -> None:
    form = StepForm()
    async with bench(form, (60, 20)) as user:
        for at, text in enumerate(texts):
            value: Any = {text: text, "n": at} if form_of(kind)[name].kind == "attributes" else text
            step = replaced(new_step(kind), **{name: value})
            form.show(Place("f", 0, kind), step, None)
            await user.app.workers.wait_for_complete()
            widget = next(each for each in form.query("*") if each.name == name)
            assert isinstance(widget, Input | TextArea)
            shown = from_editable(widget.value if isinstance(widget, Input) else widget.text)
            assert (parse_attributes(shown) if name == "attributes" else shown) == fields_of(step)[name]


@FEW
@given(TEXTS)
def test_fields_of_flows(tmp_path_factory: pytest.TempPathFactory, acme: Path, texts: list[str]) -> None:
    asyncio.run(_flows(acme, texts))


async def _flows(folder: Path, texts: list[str]) -> None:
    async with designer(folder) as hands:
        flow_id = hands.flow.id
        for text in texts:
            named = text if text.strip() else f"{text}x"  # a name must not be blank
            for change in (
                partial(edits.set_name, flow_id=flow_id, name=named),
                partial(edits.set_description, flow_id=flow_id, description=text),
                partial(edits.set_tags, flow_id=flow_id, tags=[text, f"{text},"]),
            ):
                hands.store.edit("x", change, {flow_id})
            await hands.settle()
            name, about, tags = (hands.find(f"#flow-{each}", Field).text for each in ("name", "description", "tags"))
            assert (name, about) == (named, text)
            assert tuple(parse_tags(tags)) == hands.flow.tags
