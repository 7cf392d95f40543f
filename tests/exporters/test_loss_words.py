"""What the report says, in a line each, and that nothing in it is obeyed by a terminal."""

from tests.exporters.space import exported, flow, workspace_of

from oncue.domain.steps import AddNote
from oncue.domain.values import replaced
from oncue.exporters.loss_words import refusal_lines, report_lines


def test_a_field_of_many_flows_is_one_line() -> None:
    flows = [flow(f"f-{number}", "message_created", AddNote(text="x")) for number in range(5)]
    assert list(report_lines(exported("eventbridge", workspace_of(flows)))) == [
        "f-0, f-1, f-2 and 2 more: steps cannot be said in EventBridge: "
        "a rule only has targets; attach what carries them out"
    ]


def test_where_nothing_is_lost_nothing_is_said() -> None:
    assert list(report_lines(exported("json", workspace_of([flow("a", when={"labels": ("x",)})])))) == []


def test_a_refusal_names_the_fields_but_no_steps() -> None:
    each = flow("a", "message_created", AddNote(text="x"), when={"labels": ("x",), "reopened": True})
    (line,) = refusal_lines(exported("knative", workspace_of([each])))
    assert line.startswith(
        "flows/a.toml: Knative cannot say when.labels, when.reopened, which would add 351 kinds of event"
    )


def test_names_are_made_visible() -> None:
    config = workspace_of([]).config
    odd = replaced(config, instances=(replaced(config.instances[0], name="a\x1b[2Jb"),))
    outcome = exported("eventbridge", workspace_of([flow("a", instance="wa-1", when={"labels": ("x",)})], odd))
    assert all(line.isprintable() for line in (*report_lines(outcome), *refusal_lines(outcome)))
