"""Whatever is edited before a save: each step keeps its comments, and no other step gets them."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from oncue.domain.flows import Flow
from oncue.domain.steps import Step, StepType
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.storage.codec import decode_flow
from oncue.storage.loader import Loaded, load
from oncue.storage.saving.save import save_session
from oncue.storage.toml.blocks import blocks

HEAD = """\
# about the file
name = "A" # the name
tags = ["x"] # the tags

# about the trigger
[trigger] # header
event = "message_created" # the event
channel = "whatsapp" # the channel
"""
STEPS = [
    ("send_message", "Hello"),
    ("add_note", "Same"),
    ("add_note", "Same"),
    ("send_message", "Hello"),
    ("add_note", "Other"),
]
KINDS: list[StepType] = ["send_message", "add_note", "close_conversation"]


def block_of(number: int, kind: str, text: str) -> str:
    return (
        f"\n# {number} above\n[[steps]] # {number} header\ntype = '{kind}' # {number} type\n"
        f"text = '{text}' # {number} text\n# {number} below\n"
    )


TEXT = HEAD + "".join(block_of(number, *step) for number, step in enumerate(STEPS))


def opened(folder: Path, text: str = TEXT) -> tuple[Loaded, Session]:
    (folder / "flows" / "a.toml").write_text(text)
    loaded = load(folder)
    assert not loaded.workspace.problems
    return loaded, Session.start(loaded.workspace, "a")


def edit(session: Session, change: Callable[..., Workspace], *args: object, **fields: object) -> Session:
    return session.edit("Edit", change(session.workspace, "a", *args, **fields), ["a"])


def saved_text(loaded: Loaded, session: Session) -> str:
    _, after, errors = save_session(loaded, session)
    assert errors == ()
    assert not after.dirty
    text = (loaded.folder / "flows" / "a.toml").read_text()
    assert decode_flow("a", text.encode()) == session.workspace.flows["a"]
    return text


def numbers(text: str) -> list[set[str]]:
    """For each step the numbers in its comments."""
    found = []
    for start, end in blocks(text, "steps"):
        comments = [line.partition("#")[2].split() for line in text[start:end].splitlines() if "#" in line]
        found.append({words[0] for words in comments})
    return found


Change = tuple[Callable[..., Workspace], tuple[object, ...], dict[str, object]]
TABLE: dict[str, tuple[list[Change], list[set[str]]]] = {
    "moved and changed": (
        [(edits.move_step, (0, 1), {}), (edits.change_step, (1,), {"text": "New"})],
        [{"1"}, {"0"}, {"2"}, {"3"}, {"4"}],
    ),
    "removed above one that is changed": (
        [(edits.remove_step, (1,), {}), (edits.change_step, (1,), {"text": "New"})],
        [{"0"}, {"2"}, {"3"}, {"4"}],
    ),
    "added above one that is changed": (
        [
            (edits.add_step, ("send_message", 0), {}),
            (edits.change_step, (0,), {"text": "Fresh"}),
            (edits.change_step, (1,), {"text": "New"}),
        ],
        [set(), {"0"}, {"1"}, {"2"}, {"3"}, {"4"}],
    ),
    "the first of two equal ones removed": ([(edits.remove_step, (1,), {})], [{"0"}, {"2"}, {"3"}, {"4"}]),
    "an equal one added in its place": (
        [
            (edits.remove_step, (0,), {}),
            (edits.duplicate_step, (2,), {}),
            (edits.move_step, (3, 0), {}),
            (edits.change_step, (4,), {"text": "New"}),
        ],
        [set(), {"1"}, {"2"}, {"3"}, {"4"}],
    ),
    "given another type and moved": (
        [(edits.retype_step, (4, "send_message"), {}), (edits.move_step, (4, 0), {})],
        [{"4"}, {"0"}, {"1"}, {"2"}, {"3"}],
    ),
}


@pytest.mark.parametrize("row", TABLE)
def test_several_edits_in_one_save(folder: Path, row: str) -> None:
    loaded, session = opened(folder)
    changes, expected = TABLE[row]
    for change, args, fields in changes:
        session = edit(session, change, *args, **fields)
    text = saved_text(loaded, session)
    assert numbers(text) == expected
    assert text.startswith(HEAD)


def random_edit(session: Session, chance: random.Random) -> Session:
    size = len(session.workspace.flows["a"].steps)
    kind, what = chance.choice(KINDS), chance.randrange(9)
    if what == 0:
        return session.undo()
    if what == 1:
        return session.redo()
    if what == 2 or not size:
        return edit(session, edits.add_step, kind, chance.randint(0, size))
    at = chance.randrange(size)
    if what == 3:
        return edit(session, edits.remove_step, at)
    if what == 4:
        return edit(session, edits.duplicate_step, at)
    if what in (5, 6):
        return edit(session, edits.move_step, at, chance.randrange(size))
    if what == 7 or "text" not in dir(session.workspace.flows["a"].steps[at]):
        return edit(session, edits.retype_step, at, kind)
    return edit(session, edits.change_step, at, text=chance.choice(["Hello", "Same", "Other", "New"]))


class Labels:
    """What each step object is, followed by a second, independent way: a number that is carried by hand."""

    def __init__(self, flow: Flow) -> None:
        self.of = {id(step): {str(number)} for number, step in enumerate(flow.steps)}
        self.kept: list[Step] = list(flow.steps)

    def follow(self, before: Flow, after: Flow) -> None:
        fresh = [step for step in after.steps if not any(step is old for old in self.kept)]
        gone = [step for step in before.steps if not any(step is new for new in after.steps)]
        for step in fresh:
            self.of[id(step)] = self.of[id(gone[0])] if len(gone) == 1 else set()
            self.kept.append(step)

    def expected(self, flow: Flow) -> list[set[str]]:
        return [self.of[id(step)] for step in flow.steps]


@pytest.mark.parametrize("seed", range(150))
def test_any_edits_and_several_saves(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    loaded, session = opened(folder)
    labels = Labels(session.workspace.flows["a"])
    for _ in range(3):
        on_disk = {str(number) for number in range(9) if f"# {number} header" in (folder / "flows/a.toml").read_text()}
        for _ in range(chance.randint(1, 4)):
            before = session.workspace.flows["a"]
            session = random_edit(session, chance)
            labels.follow(before, session.workspace.flows["a"])
        if not session.dirty:
            continue  # equal values, so nothing is to be saved
        loaded, session, errors = save_session(loaded, session)
        assert errors == ()
        text = (folder / "flows/a.toml").read_text()
        flow = session.workspace.flows["a"]
        assert decode_flow("a", text.encode()) == flow
        found = [each & {*map(str, range(9))} for each in numbers(text)]
        wanted = [each & on_disk for each in labels.expected(flow)]
        # A step that was removed and saved may come back with its comments or without them, but with no others.
        assert [each for each, want in zip(found, wanted, strict=True) if want] == [want for want in wanted if want]
        assert all(each <= label for each, label in zip(found, labels.expected(flow), strict=True))
        assert text.startswith(HEAD)
        for number in on_disk & set().union(*wanted):
            for place in ("above", "header", "type", "below"):
                assert f"# {number} {place}\n" in text


def test_a_copy_of_a_flow_has_its_comments(folder: Path) -> None:
    loaded, session = opened(folder)
    workspace, copy = edits.duplicate_flow(session.workspace, "a")
    session = session.edit("Copy", workspace, [copy], derived=("a", copy))
    session = session.edit("Edit", edits.remove_step(session.workspace, copy, 1), [copy])
    session = edit(session, edits.remove_step, 0)
    loaded, session, errors = save_session(loaded, session)
    assert errors == ()
    text = (folder / "flows" / f"{copy}.toml").read_text()
    assert numbers(text) == [{"0"}, {"2"}, {"3"}, {"4"}]
    assert "# the tags" in text
    assert numbers((folder / "flows/a.toml").read_text()) == [{"1"}, {"2"}, {"3"}, {"4"}]
    renamed = edits.rename_flow(session.workspace, copy, "b")
    session = session.edit("Rename", renamed, [copy, "b"], derived=(copy, "b"))
    loaded, session, errors = save_session(loaded, session)
    assert errors == ()
    assert (folder / "flows/b.toml").read_text() == text


def test_flows_that_change_places_take_their_comments_along(folder: Path) -> None:
    loaded, session = opened(folder)
    (folder / "flows/b.toml").write_text(HEAD.replace("#", "# B") + '[[steps]]\ntype = "add_note"\ntext = "b"\n')
    loaded = load(folder)
    session = Session.start(loaded.workspace, "a")
    for old, new in [("a", "c"), ("b", "a"), ("c", "b")]:
        workspace = edits.rename_flow(session.workspace, old, new)
        session = session.edit("Rename", workspace, [old, new], derived=(old, new))
    before = [(folder / f"flows/{each}.toml").read_text() for each in "ab"]
    _, session, errors = save_session(loaded, session)
    assert errors == ()
    assert [(folder / f"flows/{each}.toml").read_text() for each in "ba"] == before


def test_undoing_a_saved_rename_and_editing_keeps_the_comments(folder: Path) -> None:
    loaded, session = opened(folder)
    workspace = edits.rename_flow(session.workspace, "a", "b")
    session = session.edit("Rename", workspace, ["a", "b"], derived=("a", "b"))
    loaded, session, _ = save_session(loaded, session)
    session = edit(session.undo(), edits.remove_step, 1)
    text = saved_text(loaded, session)
    assert numbers(text) == [{"0"}, {"2"}, {"3"}, {"4"}]


def test_after_reading_again_the_steps_are_those_of_the_file(folder: Path) -> None:
    loaded, session = opened(folder)
    session = edit(session, edits.move_step, 0, 4)
    loaded, session, _ = save_session(loaded, session)
    (folder / "flows/a.toml").write_text(TEXT)
    loaded = load(folder)
    session = edit(session.reloaded(loaded.workspace), edits.remove_step, 1)
    assert numbers(saved_text(loaded, session)) == [{"0"}, {"2"}, {"3"}, {"4"}]


@pytest.mark.parametrize(
    "change",
    [
        lambda now: edits.delete_flow(now, "a"),
        lambda now: edits.remove_step(now, "a", 1),
        lambda now: edits.retype_step(now, "a", 0, "close_conversation"),
        lambda now: edits.set_participant_types(now, "a", None),
        lambda now: edits.set_tags(now, "a", ()),
    ],
)
def test_undoing_what_was_saved_brings_back_the_file(folder: Path, change: Callable[[Workspace], Workspace]) -> None:
    text = TEXT.replace("[[steps]]", 'participant_types = [\n  "contact", # customers\n]\n\n[[steps]]', 1)
    loaded, session = opened(folder, text)
    session = session.edit("Edit", change(session.workspace), ["a"])
    loaded, session, errors = save_session(loaded, session)
    assert errors == ()
    loaded, session, errors = save_session(loaded, session.undo())
    assert errors == ()
    assert (folder / "flows/a.toml").read_text() == text
    loaded, session, _ = save_session(loaded, session.redo())
    loaded, session, _ = save_session(loaded, session.undo())
    assert (folder / "flows/a.toml").read_text() == text


def test_what_was_written_since_is_not_taken_back(folder: Path) -> None:
    loaded, session = opened(folder)
    loaded, session, _ = save_session(loaded, edit(session, edits.remove_step, 4))
    file = folder / "flows/a.toml"
    file.write_text("# by hand\n" + file.read_text())
    loaded = load(folder)
    session = session.reloaded(loaded.workspace)
    session = edit(edit(session, edits.add_step, "add_note", 4), edits.change_step, 4, text="Other")
    assert saved_text(loaded, session).startswith("# by hand\n")
