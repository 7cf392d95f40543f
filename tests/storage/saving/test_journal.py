from collections.abc import Callable
from pathlib import Path

import pytest
from tests.storage.saving.sessions import WELCOME, contents, opened, three_edits

from oncue.storage.loader import load
from oncue.storage.saving import journal, writer
from oncue.storage.saving.save import save_session
from oncue.storage.saving.transaction import recover
from oncue.storage.user.folders import state_folder


class Died(BaseException):
    """The process is gone: nothing after this is run."""


def test_an_interrupted_save_of_three_files_is_finished_at_the_next_start(folder: Path) -> None:
    old = contents(folder)
    ends = set()
    for at in range(3):
        loaded, session = opened(folder)
        session = three_edits(session)
        count = 0
        real = writer.Staged.take_place

        def die(self: writer.Staged, real: Callable[[writer.Staged], None] = real, at: int = at) -> None:
            nonlocal count
            if not self.target.is_relative_to(folder):
                return real(self)  # the journal's own
            if count == at:
                self._temporary = None  # what a dead process leaves, it leaves
                raise Died
            count += 1
            return real(self)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writer.Staged, "take_place", die)
            with pytest.raises(Died):
                save_session(loaded, session)
        assert recover(folder)
        assert recover(folder) == ()
        fresh = load(folder).workspace
        assert fresh.flows == session.workspace.flows
        assert not list(folder.rglob(".*"))
        ends.add(frozenset(contents(folder).items()))
        for path in folder.rglob("*.toml"):
            path.unlink()
        for file, data in old.items():
            (folder / file).write_bytes(data)
    assert len(ends) == 1


def test_recovery_leaves_alone_what_somebody_changed_since(folder: Path) -> None:
    state = state_folder(folder)
    journal.open_entry(
        state,
        [
            journal.Intent(WELCOME, "0" * 64, b"never"),
            journal.Intent("flows/fresh.toml", None, b'name = "F"\n'),
            journal.Intent("../outside.toml", None, b"never"),
        ],
    )
    before = (folder / WELCOME).read_bytes()
    assert recover(folder) == ("flows/fresh.toml",)
    assert (folder / WELCOME).read_bytes() == before
    assert not (folder.parent / "outside.toml").exists()


@pytest.mark.parametrize("entry", [b"", b"{", b"[]", b'{"changes": [{}]}', b'{"changes": 3}', b"\xff"])
def test_a_torn_journal_means_that_nothing_had_happened(folder: Path, entry: bytes) -> None:
    (state_folder(folder) / "journal.json").write_bytes(entry)
    before = contents(folder)
    assert recover(folder) == ()
    assert contents(folder) == before
    assert not (state_folder(folder) / "journal.json").exists()
