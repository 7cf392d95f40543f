from collections.abc import Callable
from pathlib import Path

import pytest

from oncue.domain.checks import check_flow, check_scenario
from oncue.domain.events import Event
from oncue.errors import WorkspaceError
from oncue.matching.matcher import compile_matcher
from oncue.storage.loader import load_workspace
from oncue.storage.saving.writer import Staged
from oncue.storage.starter import FILES, init


@pytest.mark.parametrize("place", [".", "new", "new/deep"])
def test_it_makes_a_workspace_without_problems(tmp_path: Path, place: str) -> None:
    folder = tmp_path / place
    made = init(folder)
    assert {str(path.relative_to(folder)) for path in made} == FILES.keys()
    workspace = load_workspace(folder)
    assert workspace.problems == ()
    assert (len(workspace.config.instances), len(workspace.flows), len(workspace.scenarios)) == (2, 2, 2)
    for flow in workspace.flows.values():
        assert check_flow(flow, workspace.config) == ()
    for scenario in workspace.scenarios.values():
        assert check_scenario(scenario, workspace.config, workspace.flows) == ()


def test_the_scenario_expects_what_is_true(tmp_path: Path) -> None:
    init(tmp_path)
    workspace = load_workspace(tmp_path)
    matcher = compile_matcher(workspace)
    for event in workspace.scenarios["new-customer"].events:
        channel = workspace.config.by_id[event.instance].channel
        happened = Event(event=event.event, channel=channel, instance=event.instance, participant=event.participant)
        assert tuple(matcher.match(happened)) == event.expect


def test_a_workspace_is_left_as_it_is(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "workspace.toml").write_text("mine")
    (tmp_path / "flows/welcome-whatsapp.toml").unlink()
    with pytest.raises(WorkspaceError, match="a workspace already"):
        init(tmp_path)
    assert (tmp_path / "workspace.toml").read_text() == "mine"
    assert not (tmp_path / "flows/welcome-whatsapp.toml").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/welcome-whatsapp.toml").write_text("mine")
    with pytest.raises(WorkspaceError, match=r"welcome-whatsapp\.toml is there already"):
        init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["flows"]


@pytest.mark.parametrize("kind", ["file", "dangling", "folder is a file", "read-only"])
def test_where_it_cannot_be_made(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x"
    match kind:
        case "file":
            place.write_text("mine")
        case "dangling":
            place.mkdir()
            (place / "workspace.toml").symlink_to(tmp_path / "gone")
        case "folder is a file":
            place.mkdir()
            (place / "flows").write_text("mine")
        case "read-only":
            place = Path("/proc/oncue-test")
    with pytest.raises(WorkspaceError):
        init(place)
    assert not (tmp_path / "gone").exists()


def test_one_that_was_cut_off_at_any_moment_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Died(BaseException):
        pass

    for at in range(1, 100):
        folder, count = tmp_path / str(at), 0

        def dying(self: Staged, at: int = at, real: Callable[[Staged], None] = Staged.take_place) -> None:
            nonlocal count
            count += 1
            if count == at:
                self._temporary = None  # what a dead process leaves, it leaves
                raise Died
            real(self)

        with monkeypatch.context() as patch:
            patch.setattr(Staged, "take_place", dying)
            try:
                init(folder)
            except Died:
                pass
            else:
                assert at == len(FILES) + 1
                return
        assert {str(path.relative_to(folder)) for path in init(folder)} == FILES.keys()
        assert load_workspace(folder).problems == ()
        assert not list(folder.rglob(".*"))
