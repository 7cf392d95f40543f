"""Opening a workspace, and what is not imported for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from oncue.errors import SaveError, StateError, WorkspaceError
from oncue.storage.dot_folder import make_dot_folder
from oncue.storage.saving import journal
from oncue.tui.opening import begin_opening, look_back


def test_the_first_flow_by_name_is_open(acme: Path) -> None:
    opened = begin_opening(acme).result(10)
    assert opened.state.session.selected == "reply"
    assert opened.loaded.workspace is opened.state.workspace


def test_why_it_cannot_be_opened_is_in_the_future(acme: Path) -> None:
    (acme / "workspace.toml").unlink()
    with pytest.raises(WorkspaceError, match="no workspace"):
        begin_opening(acme).result(10)


def test_nothing_is_left_behind_by_a_session_that_ended_well(acme: Path) -> None:
    assert look_back(acme) == ((), [], ())


def test_a_save_that_was_cut_off_is_finished(acme: Path) -> None:
    journal.open_entry(make_dot_folder(acme), [journal.Intent("flows/fresh.toml", None, b"x")])
    assert look_back(acme).notes == ("Finished the interrupted save of flows/fresh.toml.",)
    assert (acme / "flows/fresh.toml").read_bytes() == b"x"


def test_one_that_cannot_be_finished_keeps_nobody_from_working(acme: Path) -> None:
    """The disk that broke the save may be broken still."""
    (make_dot_folder(acme) / "journal.json").mkdir()
    (note,) = look_back(acme).troubles
    assert note.startswith("An interrupted save could not be finished: ")


def test_what_saving_needs_is_not_imported_for_the_first_paint() -> None:
    """It takes a tenth of a second."""
    program = "import sys, json, oncue.tui.app; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    late = (
        "oncue.exporters",
        "oncue.storage.saving",
        "oncue.storage.user.drafts",
        "oncue.tui.drafting",
        "oncue.tui.conflicts",
    )
    assert [name for name in json.loads(ran.stdout) if name.startswith((*late, "textual.widgets._text_area"))] == []


@pytest.mark.parametrize("error", [StateError("locked"), OSError("read-only"), SaveError("flows/a.toml", "denied")])
def test_no_step_of_looking_back_ends_the_app(acme: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(_folder: Path) -> None:
        raise error

    monkeypatch.setattr("oncue.storage.saving.transaction.recover", broken)
    monkeypatch.setattr("oncue.storage.user.drafts.find_drafts", broken)
    past = look_back(acme)
    assert (len(past.troubles), past.drafts) == (2, [])


def test_files_that_look_like_flows_and_are_not_read_are_noted(acme: Path) -> None:
    (acme / "flows/team").mkdir()
    (acme / "flows/team/welcome.toml").write_text("")
    (note,) = look_back(acme).notes
    assert note.endswith("folders below flows are not searched: move flows/team/welcome.toml up.")
