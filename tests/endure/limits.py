"""Limits: bombs are refused, the worst of what is legal is read in time, and time grows as the file does.

`SCALE` makes the large ones smaller for a quick look.
"""

import os
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.endure.tried import Row, Tried

from oncue.domain.problems import MOST_PROBLEMS, Problem
from oncue.domain.steps import AddNote
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.identities import step_sources
from oncue.editing.session import Session
from oncue.errors import UnreadableError
from oncue.matching.matcher import compile_matcher
from oncue.storage.codec import decode_config, decode_flow, decode_scenario
from oncue.storage.flow_text import flow_bytes
from oncue.storage.loader import load
from oncue.storage.recordings import read_events
from oncue.storage.toml import scan
from oncue.storage.toml.read import MAX_FILE, read_toml

SCALE = 1.0
MOST_GROWTH = 2.2
"""How many times as long a file of twice the size may take."""
AGAIN = 6
"""How often what seems to grow too fast is measured before it is believed."""

# L1

BOMBS: dict[str, Callable[[int], bytes]] = {
    "dots": lambda size: b"a" + b".a" * size + b" = 1",
    "dots of a header": lambda size: b"[a" + b".a" * size + b"]",
    "open brackets": lambda size: b"a = " + b"[" * size,
    "nested lists": lambda size: b"a = " + b"[" * size + b"]" * size,
    "nested tables": lambda size: b"a = " + b"{a=" * size + b"1" + b"}" * size,
    "open tables": lambda size: b"{a=" * size,
    "list headers": lambda size: b"".join(b"[[a%d.b.c]]\n" % n for n in range(size // 4)),
    "one list header": lambda size: b"[[a]]\n" * (size // 2),
    "lines of dots": lambda size: (b"a" + b".a" * 400 + b" = 1\n") * (size // 400 + 1),
    "digits": lambda size: b"a = " + b"9" * size,
    "hexadecimal digits": lambda size: b"a = 0x" + b"f" * size,
    "quotes": lambda size: b'a = """' + b'"\\' * size,
    "open text": lambda size: b'a = "' + b"x" * size,
    "long text": lambda size: b'a = "' + b"x" * size + b'"',
    "escapes": lambda size: b'a = "' + b"\\u0041" * (size // 6) + b'"',
    "commas": lambda size: b"a = [" + b"," * size + b"]",
    "empty lists": lambda size: b"a = [" + b"[]," * size + b"]",
    "comments": lambda size: b"#\n" * size,
    "equals": lambda size: b"=" * size,
    "quoted keys": lambda size: b'"\\u0061".' * size + b"a = 1",
}  # fmt: skip


def refuse_bombs(rng: Random, folder: Path, tried: Tried) -> None:
    """Each bomb, at a size up to what a file may have: decoded as a flow, refused at once."""
    for name, bomb in BOMBS.items():
        data = bomb(rng.choice((1_000, 20_000, 100_000, 250_000)))[: rng.choice((MAX_FILE, MAX_FILE + 1))]
        begun = time.process_time()
        tried.count += 1
        try:
            decode_flow("x", data)
            tried.failures.append(f"{name} of {len(data):,} bytes is a flow")
        except UnreadableError:
            pass
        except Exception as error:
            tried.failures.append(f"{name} of {len(data):,} bytes: {type(error).__name__}")
        if (took := time.process_time() - begun) > 1:
            tried.failures.append(f"{name} of {len(data):,} bytes: {took:.1f} s")


# L2

_FLOW = 'name = "A"\n{}[trigger]\nevent = "message_created"\nchannel = "sms"\n{}'


def _flow(above: str, below: str = "") -> Callable[[], object]:
    data = _FLOW.format(above, below).encode()
    return lambda: decode_flow("x", data)


def _scenario(text: str) -> Callable[[], object]:
    data = f'name = "A"\n{text}'.encode()
    return lambda: decode_scenario("x", data)


def _config(text: str) -> Callable[[], object]:
    data = f'name = "A"\n{text}'.encode()
    return lambda: decode_config(data)


def _each(size: int, text: str) -> str:
    return "".join(text.replace("@", str(number)) for number in range(size))


_CONTACT = '[[steps]]\ntype = "update_contact"\n[steps.attributes]\n'

COMPLAINTS: dict[str, Callable[[int], Callable[[], object]]] = {
    "unknown keys": lambda size: _flow(_each(size, "k@ = 1\n")),
    "unknown keys and the id": lambda size: _flow("id = 1\n" + _each(size, "k@ = 1\n")),
    "unknown keys of a table": lambda size: _flow("", _each(size, "k@ = 1\n")),
    "unknown keys of the config": lambda size: _config(_each(size, "k@ = 1\n")),
    "dotted keys": lambda size: _flow(_each(size, "k@.a.b.c.d.e.f.g.h = 1\n")),
    "keys of 15 dots": lambda size: _flow(_each(size, "k@.a.b.c.d.e.f.g.h.i.j.k.l.m.n = 1\n")),
    "keys of too many dots": lambda size: _flow(_each(size, "k@.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q = 1\n")),
    "keys below one": lambda size: _flow(_each(size, "k.a.b.c.k@ = 1\n")),
    "unknown tables": lambda size: _flow("", _each(size, "[k@.a.b]\nx = 1\n")),
    "long texts": lambda size: _flow(_each(size, 'k@ = """\na\n"""\n')),
    "unknown steps": lambda size: _flow("", _each(size, '[[steps]]\ntype = "x@"\n')),
    "steps without type": lambda size: _flow("", _each(size, '[[steps]]\ntext = "x@"\n')),
    "texts that are numbers": lambda size: _flow("", _each(size, '[[steps]]\ntype = "add_note"\ntext = @\n')),
    "unknown keys of steps": lambda size: _flow("", _each(size, '[[steps]]\ntype = "add_note"\ntext = "a"\nx@ = 1\n')),
    "attributes": lambda size: _flow("", _CONTACT + _each(size, "k@ = []\n")),
    "participant types": lambda size: _flow("", "participant_types = [" + _each(size, '"x@",') + "]\n"),
    "tags": lambda size: _flow("tags = [" + _each(size, "@,") + "]\n"),
    "ids in expect": lambda size: _scenario("[[events]]\nexpect = [" + _each(size, '"!@",') + "]\n"),
    "ids on lines of their own": lambda size: _scenario("[[events]]\nexpect = [\n" + _each(size, '"!@",\n') + "]\n"),
    "events": lambda size: _scenario(_each(size, "[[events]]\nx@ = 1\n")),
    "wrong events": lambda size: _scenario(_each(size, '[[events]]\nevent = "x"\nparticipant = { type = "q" }\n')),
    "instances": lambda size: _config(_each(size, '[[instances]]\nid = "X !"\n')),
    "same instances": lambda size: _config(_each(size, '[[instances]]\nid = "x"\nchannel = "sms"\nname = "n"\n')),
    "a key twice": lambda size: _flow(_each(size, "k@ = 1\n") + "k0 = 1\n"),
}  # fmt: skip


def complain(rng: Random, folder: Path, tried: Tried) -> None:
    """A thousand complaints and two thousand: at most `MOST_GROWTH` times as long, and a limited number of them."""
    for name in rng.sample(list(COMPLAINTS), 4):
        made = COMPLAINTS[name]
        one, two = made(1_000), made(2_000)
        tried.count += 1
        growth, took, problems = 0.0, 0.0, 0
        for _ in range(AGAIN):  # what grows too fast does so each time; a busy machine does not
            times = [[_timed(each) for each in (one, two)] for _ in range(4)]
            single, took = min(each[0][0] for each in times), min(each[1][0] for each in times)
            problems = times[0][1][1]
            growth = took / max(single, 0.002)
            if growth <= MOST_GROWTH:
                break
        if growth > MOST_GROWTH:
            tried.failures.append(f"{name}: {growth:.1f} times as long for twice as many")
        if took > 1:
            tried.failures.append(f"{name}: {took:.1f} s")
        if problems > MOST_PROBLEMS + 1 or not problems:
            tried.failures.append(f"{name}: {problems} problems")


def _timed(decode: Callable[[], object]) -> tuple[float, int]:
    scan._places.cache_clear()
    begun = time.process_time()
    try:
        decode()
    except UnreadableError as error:
        return time.process_time() - begun, len(error.problems)
    return time.process_time() - begun, 0


# L3

OWN_CORPUS = (
    (True, b""), (True, b"\xef\xbb\xbfa = 1"), (True, b"a = 1\r\n"), (True, b'"" = 1'), (True, b"a.b = 1\na.c = 2"),
    (True, b'a = """\\\n   x"""'), (True, b"a = '''it's'''"), (True, b"a = [1, [2], {b = 3}]"), (True, b"a = 1e3"),
    (True, b"a = 0xff_ff"), (True, b"a = 1979-05-27T07:32:00.999-07:00"), (True, b"[[a]]\n[[a.b]]\n[a.b.c]\n"),
    (False, b"a"), (False, b"a ="), (False, b"= 1"), (False, b"a = 1 b = 2"), (False, b"a = 1\na = 2"),
    (False, b"[a]\n[a]"),
    (False, b"a = 01"), (False, b"a = 1__0"), (False, b"a = \"\\q\""), (False, b"a = \"\n\""),
    (False, b"[a]\nb = 1\n[a.b]"),
    (False, b"a = [1 2]"), (False, b"a = \xff"), (False, b"a = 1\rb = 2"), (False, b"a = 1979-13-01"), (False, b"[[a]"),
    (False, b"a = {b = 1}\na.c = 2"), (False, b"a = tru"), (False, b"a = \"\x00\""), (False, b"a.b = 1\n[a]"),
)  # fmt: skip
SUITE = "TOML_TEST"
"""The environment variable that names a clone of toml-lang/toml-test, to read its files, too."""


def read_suite(rng: Random, folder: Path, tried: Tried) -> None:
    """Files that are TOML or are not: read or refused as they should be, with the standard library's values."""
    for valid, data in (*OWN_CORPUS, *_suite()):
        tried.count += 1
        try:
            values = read_toml(data, "f").values
        except UnreadableError as error:
            if valid and "finite" not in error.problems[0].message and "limit" not in error.problems[0].message:
                tried.failures.append(f"refused: {data!r}: {error.problems[0]}")
            continue
        except Exception as error:
            tried.failures.append(f"{type(error).__name__}: {data!r}")
            continue
        if not valid:
            tried.notes["read, though it is TOML 1.1 at most"] += 1
            if data in {each for _, each in OWN_CORPUS}:
                tried.failures.append(f"read: {data!r}")
            continue
        expected = tomllib.loads(data.removeprefix(b"\xef\xbb\xbf").decode())
        if repr(_plain(values)) != repr(_plain(expected)):
            tried.failures.append(f"other values: {data!r}: {values!r}")


def _plain(value: object) -> object:
    """With times as texts, which are of other classes in another reader."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool) else value.isoformat().replace("+00:00", "Z")  # type: ignore[attr-defined]


def _suite() -> list[tuple[bool, bytes]]:
    clone = os.environ.get(SUITE)
    if clone is None:
        return []

    def shown(path: str) -> bytes:
        command = ["git", "-C", clone, "show", f"HEAD:tests/{path}"]
        return subprocess.run(command, capture_output=True, check=True).stdout

    names = shown("files-toml-1.0.0").decode().split()
    return [(name.startswith("valid/"), shown(name)) for name in names if name.endswith(".toml")]


# L4, L5

GOOD = b'{"event":"message_created","channel":"whatsapp","id":"%d"}'
BAD: tuple[bytes, ...] = (
    b"{", b"[1]", b"nope", b"[" * 100_000, b'{"event": ' + b'{"a":' * 50_000,
    b'{"event":"message_created","id":' + b"9" * 1_000_000 + b"}",
    b'{"event":"message_created","id":NaN}', b'{"event":"message_created","id":"a","id":"b"}',
    b'{"event":"message_created","id":"\\ud800"}', b'{"event":"message_created","id":"\xff"}',
    '{"event":"message_created"}'.encode("utf-16"), b'{"event":"message_created","id":"' + b"x" * 2_000_000 + b'"}',
    b'{"event":"message_created","x":1}', b'{"event":"message_create"}', b"\x1f\x8b\x08\x00", b"{}",
    b"{" + b",".join(b'"k%d":1' % n for n in range(60_000)) + b"}", b'{"event":"message_created","id":1e999}',
)  # fmt: skip


def read_lines(rng: Random, folder: Path, tried: Tried) -> None:
    """Bad lines among good ones: each is one problem with its line, the others are read."""
    lines = [GOOD % number for number in range(50)]
    bad = sorted(rng.sample(range(1, 50), 12))
    for at in bad:
        lines[at] = rng.choice(BAD)
    _read_all(rng, lines, [at + 1 for at in bad], tried)
    tried.count += len(bad)


def read_long_recording(rng: Random, folder: Path, tried: Tried) -> None:
    """120,000 lines of which 1,189 are corrupt."""
    size, wrong = int(120_000 * SCALE), int(1_189 * SCALE)
    bad = sorted(rng.sample(range(1, size), wrong))
    lines = [GOOD % number for number in range(size)]
    for at in bad:
        lines[at] = rng.choice(BAD[:3] + BAD[6:10] + BAD[12:14])
    begun = time.process_time()
    _read_all(rng, lines, [at + 1 for at in bad], tried)
    if (took := time.process_time() - begun) > 15:
        tried.failures.append(f"{took:.1f} s for {size:,} lines")
    tried.count += size


def _read_all(rng: Random, lines: list[bytes], bad: list[int], tried: Tried) -> None:
    try:
        read = list(read_events(_cut(rng, b"\n".join(lines)), "log"))
    except Exception as error:
        tried.failures.append(f"{type(error).__name__} among {[lines[at - 1][:60] for at in bad]}")
        return
    found = [each.line for each in read if isinstance(each, Problem)]
    if found != bad or len(read) != len(lines):
        tried.failures.append(f"problems of lines {[*{*bad} ^ {*found}][:10]}, {len(read)} of {len(lines)} read")


def _cut(rng: Random, data: bytes) -> Iterator[bytes]:
    """The bytes as they may come from a pipe: in pieces that end anywhere."""
    at = 0
    while at < len(data):
        size = rng.choice((1, 100, 4_096, 65_536, 65_536, 65_536))
        yield data[at : at + size]
        at += size


# L6, L9


def load_many(rng: Random, folder: Path, tried: Tried) -> None:
    """10,000 flows: loaded, compiled and matched."""
    size = int(10_000 * SCALE)
    (folder / "flows").mkdir()
    (folder / "workspace.toml").write_text('name = "W"\n[[instances]]\nid = "i"\nchannel = "sms"\nname = "I"\n')
    for number in range(size):
        (folder / f"flows/f-{number}.toml").write_text(
            _FLOW.format("", f'[[steps]]\ntype = "add_note"\ntext = "{number}"\n')
        )
    begun = time.process_time()
    workspace = load(folder).workspace
    compile_matcher(workspace)
    took = time.process_time() - begun
    tried.count += size
    tried.notes[f"up to {took:.0f} s for all" if took >= 1 else "below 1 s for all"] += 1
    if took > 4 or len(workspace.flows) != size:
        tried.failures.append(f"{took:.1f} s for {len(workspace.flows):,} of {size:,} flows")


def edit_many_steps(rng: Random, folder: Path, tried: Tried) -> None:
    """A flow of 4,900 steps: each edit and the text to save."""
    size = int(4_900 * SCALE)
    flow = decode_flow("a", _FLOW.format("", "").encode())
    flow = replaced(flow, steps=tuple(AddNote(text=str(number % 50)) for number in range(size)))
    data = flow_bytes(flow)
    workspace = Workspace(config=WorkspaceConfig(name="W")).with_flow(flow)
    session = Session.start(workspace, "a")
    at = rng.randrange(size)
    for name, after in {
        "change": edits.change_step(workspace, "a", at, text="new"),
        "move": edits.move_step(workspace, "a", 0, size - 1),
        "remove": edits.remove_step(workspace, "a", at),
        "duplicate": edits.duplicate_step(workspace, "a", at),
        "both ends": edits.change_step(edits.change_step(workspace, "a", 0, text="x"), "a", size - 1, text="y"),
    }.items():
        begun = time.process_time()
        edited = session.edit("Edit", after, ["a"])
        reaction = time.process_time() - begun
        now = edited.workspace.flows["a"]
        flow_bytes(now, data, step_sources(now, edited.identities, flow, edited.saved_identities))
        took = time.process_time() - begun
        tried.count += 1
        tried.notes[f"{name}: up to {took:.0f} s"] += 1
        if reaction > 0.5 or took > 5:
            tried.failures.append(f"{name}: {reaction:.1f} s, {took:.1f} s with its text")


ROWS = (
    Row("L1", "TOML bombs, decoded as flows", "bombs", refuse_bombs),
    Row("L2", "1,000 and 2,000 complaints of a kind in one file", "kinds", complain),
    Row("L3", f"files that are TOML or not, and those of toml-test if {SUITE} names a clone", "files", read_suite),
    Row("L4", "awkward lines of JSON among good ones", "bad lines", read_lines),
    Row("L5", "120,000 lines, 1,189 of them corrupt", "lines", read_long_recording),
    Row("L6", "10,000 flows", "flows", load_many),
    Row("L9", "a flow of 4,900 steps", "edits", edit_many_steps),
)  # fmt: skip
