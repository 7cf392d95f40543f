"""A flow by its id or its name."""

from pathlib import Path

import pytest
from tests import strategies
from tests.cli.conftest import Oncue, write

from oncue.cli.diagnostics import UsageError
from oncue.cli.flow_option import flow_meant
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace

TRIGGER = Trigger(event="conversation_created", channel="whatsapp")
NAMES = {"welcome": "Hello there", "hello": "Welcome", "a": "Twice", "b": "twice", "refunds": "Money back"}
WORKSPACE = Workspace(
    strategies.CONFIG, {flow_id: Flow(id=flow_id, name=name, trigger=TRIGGER) for flow_id, name in NAMES.items()}
)


@pytest.mark.parametrize(
    ("word", "flow_id"),
    [("welcome", "welcome"), ("WELCOME", "welcome"), ("hello-There", "welcome"), ("money back", "refunds"), ("B", "b")],
)
def test_an_id_is_meant_or_else_a_name(word: str, flow_id: str) -> None:
    assert flow_meant(word, WORKSPACE, "here") == flow_id


@pytest.mark.parametrize(
    ("word", "message"),
    [
        (
            "twice",
            "--flow: 2 flows are called 'twice' in here; it may be 'a' (Twice) or 'b' (twice); give one of these",
        ),
        ("refund", "--flow: there is no flow 'refund' in here; did you mean 'refunds' (Money back)?"),
        ("mony back", "--flow: there is no flow 'mony back' in here; did you mean 'refunds' (Money back)?"),
        ("", "--flow: there is no flow '' in here; expected one of: welcome (Hello there), hello (Welcome), a (Twice)"),
    ],
)
def test_what_names_none_or_several_is_refused(word: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        flow_meant(word, WORKSPACE, "here")
    assert str(refused.value).startswith(message)


def test_a_file_that_cannot_be_read_is_said_to_be_that(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "flows/broken.toml", "name = ")
    for arguments in (("graph", workspace), ("export", workspace, "--to", "csv")):
        ran = oncue(*arguments, "--flow", "broken")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.splitlines()[1:] == [
            "oncue: --flow: flows/broken.toml cannot be read; mend it, or choose another flow"
        ]
