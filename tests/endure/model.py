"""A stateful editor against a simple model: edits, undo, redo, saves, reading again, and somebody else who writes.

The model is a few dictionaries of plain values. What it is about: nothing that was edited is lost, undo and redo lead
to where one was, a save writes what is unsaved and never over what somebody else wrote since, and reading again keeps
what is unsaved and follows the disk in all else, also in what undo and redo lead to.
"""

import tempfile
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.endure.tried import Row, Tried

from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.storage.codec import decode_flow
from oncue.storage.loader import Loaded, load
from oncue.storage.saving.save import save_session
from oncue.storage.user.states import state_folder

CONFIG = 'name = "W"\n[[instances]]\nid = "i"\nchannel = "sms"\nname = "I"\n'
IDS = ("a", "b", "c")
TEXTS = ("one", "two", "three", "# [[steps]]")


class Plain(NamedTuple):
    """What the model knows of a flow."""

    name: str
    texts: tuple[str, ...]


Flows = dict[str, Plain]
places = st.integers(0, 3)
names = st.sampled_from(("A", "B", "C"))
texts = st.sampled_from(TEXTS)
ids = st.sampled_from(IDS)


def file_text(flow: Plain, comment: str) -> str:
    steps = "".join(f'[[steps]] # {comment}\ntype = "add_note"\ntext = "{text}"\n' for text in flow.texts)
    return f'# {comment}\nname = "{flow.name}"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n{steps}'


def plain(flow: Flow) -> Plain:
    return Plain(flow.name, tuple(getattr(step, "text", "?") for step in flow.steps))


class Editor(RuleBasedStateMachine):
    """The session and the folder beside their model."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.folder = Path(self.temporary.name)
        self.written = 0

    def teardown(self) -> None:
        self.temporary.cleanup()

    @initialize(first=texts, second=texts)
    def open(self, first: str, second: str) -> None:
        (self.folder / "flows").mkdir()
        (self.folder / "workspace.toml").write_text(CONFIG)
        self.now: Flows = {"a": Plain("A", (first, second)), "b": Plain("B", ())}
        self.disk = dict(self.now)
        for flow_id, flow in self.disk.items():
            self._write(flow_id, flow)
        self.loaded: Loaded = load(self.folder)
        self.session = Session.start(self.loaded.workspace, "a")
        self.saved = dict(self.now)  # as the session knows it
        self.theirs: set[str] = set()  # what was written by somebody else and not read yet
        self.undone: list[Flows] = []
        self.done: list[Flows] = []

    def _write(self, flow_id: str, flow: Plain) -> None:
        self.written += 1
        (self.folder / f"flows/{flow_id}.toml").write_text(file_text(flow, f"version {self.written}"))

    def _edit(self, workspace: Workspace, flow_id: str, after: Plain | None) -> None:
        Editor.steps += 1
        before = dict(self.now)
        self.session = self.session.edit("Edit", workspace, [flow_id])
        if after is None:
            self.now.pop(flow_id)
        else:
            self.now[flow_id] = after
        if before != self.now:
            self.done.append(before)
            self.undone = []

    @rule(flow_id=ids, name=names)
    def rename(self, flow_id: str, name: str) -> None:
        if flow_id in self.now:
            after = edits.set_name(self.session.workspace, flow_id, name)
            self._edit(after, flow_id, self.now[flow_id]._replace(name=name))

    @rule(flow_id=ids, at=places, text=texts)
    def change(self, flow_id: str, at: int, text: str) -> None:
        there = self.now.get(flow_id)
        if there is not None and at < len(there.texts):
            after = edits.change_step(self.session.workspace, flow_id, at, text=text)
            self._edit(after, flow_id, there._replace(texts=(*there.texts[:at], text, *there.texts[at + 1 :])))

    @rule(flow_id=ids, at=places)
    def add(self, flow_id: str, at: int) -> None:
        there = self.now.get(flow_id)
        if there is not None and at <= len(there.texts):
            after = edits.add_step(self.session.workspace, flow_id, "add_note", at)
            self._edit(after, flow_id, there._replace(texts=(*there.texts[:at], "", *there.texts[at:])))

    @rule(flow_id=ids, at=places)
    def remove(self, flow_id: str, at: int) -> None:
        there = self.now.get(flow_id)
        if there is not None and at < len(there.texts):
            after = edits.remove_step(self.session.workspace, flow_id, at)
            self._edit(after, flow_id, there._replace(texts=(*there.texts[:at], *there.texts[at + 1 :])))

    @rule(flow_id=ids, at=places, to=places)
    def move(self, flow_id: str, at: int, to: int) -> None:
        there = self.now.get(flow_id)
        if there is not None and at < len(there.texts):
            moved = [*there.texts[:at], *there.texts[at + 1 :]]
            moved.insert(to, there.texts[at])
            after = edits.move_step(self.session.workspace, flow_id, at, to)
            self._edit(after, flow_id, there._replace(texts=tuple(moved)))

    @rule(flow_id=ids)
    def delete(self, flow_id: str) -> None:
        if flow_id in self.now:
            self._edit(edits.delete_flow(self.session.workspace, flow_id), flow_id, None)

    @rule(flow_id=ids)
    def copy(self, flow_id: str) -> None:
        missing = [each for each in IDS if each not in self.now]
        if flow_id in self.now and missing:
            flow = self.session.workspace.flows[flow_id]
            workspace = self.session.workspace.with_flow(replaced(flow, id=missing[0]))
            self._edit(workspace, missing[0], self.now[flow_id])

    @rule()
    def undo(self) -> None:
        self.session = self.session.undo()
        if self.done:
            self.undone.append(self.now)
            self.now = self.done.pop()

    @rule()
    def redo(self) -> None:
        self.session = self.session.redo()
        if self.undone:
            self.done.append(self.now)
            self.now = self.undone.pop()

    @rule()
    def there_and_back(self) -> None:
        session, moves = self.session, len(self.done)
        for _ in range(moves):
            session = session.undo()
        for _ in range(moves):
            session = session.redo()
        assert session.workspace.flows == self.session.workspace.flows

    @rule(flow_id=ids, name=names, text=texts)
    def somebody_writes(self, flow_id: str, name: str, text: str) -> None:
        self.disk[flow_id] = Plain(f"Their {name}", (text,))
        self._write(flow_id, self.disk[flow_id])
        self.theirs.add(flow_id)

    @rule()
    def save(self) -> None:
        dirty = {each for each in IDS if self.now.get(each) != self.saved.get(each)}
        assert self.session.dirty == dirty
        before = {path.stem: path.read_bytes() for path in (self.folder / "flows").glob("*.toml")}
        self.loaded, self.session, errors = save_session(self.loaded, self.session)
        refused = {error.file.removeprefix("flows/").removesuffix(".toml") for error in errors}
        assert refused == {each for each in dirty & self.theirs if self.disk.get(each) != self.now.get(each)}
        for flow_id in dirty - refused:
            for where in (self.disk, self.saved):
                where.pop(flow_id, None)
                if flow_id in self.now:
                    where[flow_id] = self.now[flow_id]
            self.theirs.discard(flow_id)
        after = {path.read_bytes() for path in (self.folder / "flows").glob("*.toml")}
        kept = {path.read_bytes() for path in state_folder(self.folder).rglob("*") if path.is_file()}
        assert set(before.values()) <= after | kept

    @rule()
    def read_again(self) -> None:
        unsaved = {each for each in IDS if self.now.get(each) != self.saved.get(each)}
        self.loaded = load(self.folder)
        self.session = self.session.reloaded(self.loaded.workspace)
        before, self.saved = self.saved, dict(self.disk)
        changed = {each for each in IDS if before.get(each) != self.disk.get(each)} - unsaved

        def follow(flows: Flows) -> Flows:
            """What was changed on disk only, and what was not edited yet at that moment, are as on disk."""
            mine = {each for each in IDS if each in unsaved and flows.get(each) != before.get(each)}
            mine |= set(IDS) - unsaved - changed
            kept = {each: flow for each, flow in flows.items() if each in mine}
            return {each: flow for each, flow in self.disk.items() if each not in mine} | kept

        def chain(moments: list[Flows]) -> list[Flows]:
            """The moments, the last of which is the next one, without those that are none any more."""
            kept, last = list[Flows](), self.now
            for flows in map(follow, reversed(moments)):
                if flows != last:
                    kept.append(flows)
                    last = flows
            return kept[::-1]

        self.now = follow(self.now)
        self.theirs, self.done, self.undone = set(), chain(self.done), chain(self.undone)

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "now"):
            return
        assert {each: plain(flow) for each, flow in self.session.workspace.flows.items()} == self.now
        files = {path.stem: path.read_bytes() for path in (self.folder / "flows").glob("*.toml")}
        assert {each: plain(decode_flow(each, data)) for each, data in files.items()} == self.disk


def edit_and_save(rng: Random, folder: Path, tried: Tried) -> None:
    """Some runs of the machine."""
    before = Editor.steps
    chosen: Any = settings(
        max_examples=20,
        stateful_step_count=40,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    machine = seeded(rng.getrandbits(64))(Editor)
    try:
        run_state_machine_as_test(machine, settings=chosen)
    except Exception as error:
        notes = " ".join(getattr(error, "__notes__", []))
        tried.failures.append(f"{type(error).__name__}: {str(error)[:300]} {notes[-1500:]}")
    tried.count += Editor.steps - before


ROWS = (Row("F2", "a stateful editor against a model: edits, undo, saves, another writer", "edits", edit_and_save),)
