"""Flow files that are legal and as awkward as a person could make them, with a record of whose each comment is.

A file is a list of chunks of text, each with an owner, and every comment in it is unique. So whoever edits the flow
can say afterwards, without understanding TOML, that what was not edited is there byte for byte and in order, and that
each comment is still beside what it was written for.
"""

from dataclasses import dataclass, field
from random import Random

Owner = tuple[str | int, ...]
"""What a chunk or a comment belongs to: ``()`` nothing, ``("name",)``, ``("trigger",)`` its header,
``("trigger", "event")``, ``(3,)`` the header of a step, ``(3, "text")``."""

INSTANCES = ("wa-1", "wa-2")
TAGS = ("vip", "a, b", "#no", "[[steps]]", 'quo"te', "ünï", "x")
TEXTS = (
    "Hello", "", "# no comment", "[[steps]]", 'type = "x"', "it's", 'quo"te', "back\\slash", "two\nlines",
    "\n[[steps]]\n# no comment\ntype = 'add_note'\n", "tab\t",
    'end"', "'''", '"""', " ", "{{participant.name}}", "ü\u2028",
)  # fmt: skip
PEOPLE = ("contact", "agent", "bot", "flow", "access_key")
MESSAGES = ("text", "html", "image")


@dataclass
class Comment:
    """A comment: whose it is, and how it stands to that."""

    owner: Owner
    place: str
    """``above``, ``behind``, ``below``, ``loose``, or ``entry``: then the owner ends with the entry of a list."""


@dataclass
class File:
    """A flow file that is being written."""

    rng: Random
    newline: str = "\n"
    commented: float = 0.5
    chunks: list[tuple[Owner, str]] = field(default_factory=list)
    comments: dict[str, Comment] = field(default_factory=dict)
    inline_steps: bool = False

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.chunks)

    def comment(self, owner: Owner, place: str) -> str:
        token = f"c{len(self.comments):03d}c"
        self.comments[token] = Comment(owner, place)
        lead = self.rng.choice(("# ", "#", "## ", "# [[steps]] ", '# "', "# '''", "# type = 1 ", "# ] "))
        return f"{lead}{token}{self.rng.choice(('', '', ' end', ' #'))}"

    def maybe(self, owner: Owner, place: str, lead: str = " ") -> str:
        return lead + self.comment(owner, place) if self.rng.random() < self.commented else ""

    def add(self, owner: Owner, text: str) -> None:
        self.chunks.append((owner, text.replace("\n", self.newline)))

    def blank(self) -> None:
        self.add((), "\n" * self.rng.choice((0, 1, 1, 2)))

    def loose(self, owner: Owner = ()) -> None:
        """A comment with an empty line on both of its sides, which is of nobody, or of the step that follows."""
        if self.rng.random() < self.commented / 3:
            self.add(owner, f"\n{self.comment(owner, 'above' if owner else 'loose')}\n\n")

    def above(self, owner: Owner, indent: str = "") -> str:
        if self.rng.random() > self.commented / 3:
            return ""
        return "".join(f"{indent}{self.comment(owner, 'above')}\n" for _ in range(self.rng.choice((1, 1, 2))))

    def entry(self, owner: Owner, key: str, value: str, indent: str = "") -> None:
        """``key = value`` on its own lines."""
        rng = self.rng
        key = rng.choice((key, key, key, f'"{key}"')) if "." not in key and key.isidentifier() else key
        equals = rng.choice((" = ", " = ", "=", " =\t", "   = "))
        above = self.above(owner, indent)
        behind = self.maybe(owner, "behind", rng.choice((" ", "", "\t")))
        self.add(owner, f"{above}{indent}{key}{equals}{value}{behind}\n")


def quoted(rng: Random, text: str) -> str:
    """``text`` in one of the ways in which TOML can have it."""
    ways = ["basic"]
    plain = all(each >= " " or each == "\t" for each in text)
    if plain and "'" not in text:
        ways += ["literal", "literal lines"]
    if "\r" not in text and '"""' not in text and not text.endswith('"') and "\\" not in text:
        ways += ["lines", "lines"]
    way = rng.choice(ways)
    if way == "literal":
        return f"'{text}'"
    if way == "literal lines":
        return f"'''{text}'''"
    if way == "lines":
        return f'"""\n{text}"""' if text.startswith("\n") or rng.random() < 0.7 else f'"""{text}"""'
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def list_text(file: File, owner: Owner, values: list[str]) -> str:
    """A list of texts: on one line, or on several with comments behind and above its entries."""
    rng = file.rng
    texts = [
        rng.choice((f'"{each}"', f'"{each}"', f"'{each}'")) if each.isidentifier() else quoted_entry(each)
        for each in values
    ]
    way = rng.choice(("line", "lines", "lines", "lines", "comma first", "two a line"))
    if way == "line" or not values:
        inside = rng.choice((", ", ",", " , ")).join(texts)
        return rng.choice(("[{}]", "[ {} ]", "[{},]" if texts else "[{}]")).format(inside)
    indent = rng.choice(("  ", "    ", "\t", ""))
    if way == "two a line":
        rows = [", ".join(texts[at : at + 2]) for at in range(0, len(texts), 2)]
        return "[\n" + "".join(f"{indent}{row},\n" for row in rows) + "]"
    if way == "comma first":
        return "[\n" + f"\n{indent}, ".join(texts) + "\n]"
    lines = []
    for number, (value, text) in enumerate(zip(values, texts, strict=True)):
        comma = "," if number < len(values) - 1 or rng.random() < 0.6 else ""
        one = (*owner, value)
        above = f"{indent}{file.comment(one, 'entry above')}\n" if rng.random() < file.commented / 3 else ""
        lines.append(f"{above}{indent}{text}{comma}{file.maybe(one, 'entry')}\n")
    return "[\n" + "".join(lines) + "]"


def quoted_entry(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def some(rng: Random, values: tuple[str, ...], most: int = 4) -> list[str]:
    return rng.sample(values, rng.randint(1, min(most, len(values))))


def hostile_flow(rng: Random) -> File:
    """A whole file of a flow."""
    file = File(rng, newline=rng.choice(("\n", "\n", "\r\n")), commented=rng.choice((0.0, 0.4, 0.8, 0.8)))
    if rng.random() < 0.3:
        file.add((), f"{file.comment((), 'loose')}\n\n")
    way = rng.choice(("table", "table", "table", "dotted", "inline", "late"))
    inline = rng.random() < 0.25
    file.inline_steps = inline
    tops = ["name", *rng.sample(("description", "enabled", "tags"), rng.randint(0, 3))]
    tops += ["trigger"] * (way in ("dotted", "inline")) + ["steps"] * inline
    rng.shuffle(tops)
    size = rng.choice((0, 1, 2, 3, 4, 4, 5, 6))
    for key in tops:
        file.loose()
        if key == "trigger":
            _trigger_entries(file, way)
        elif key == "steps":
            _inline_steps(file, size)
        else:
            file.entry((key,), key, _top_value(file, key))
        file.blank()
    parts = (["trigger"] if way == "table" else []) + ([] if inline else ["steps"] * size)
    parts += ["trigger"] if way == "late" else []
    number = 0
    for part in parts:
        file.add((), rng.choice(("\n", "\n", "\n\n", "")))
        file.loose((number,) if part == "steps" else ())
        if part == "trigger":
            _trigger_table(file)
        else:
            _step_block(file, number)
            number += 1
    file.loose()
    if rng.random() < 0.2:
        owner, last = file.chunks[-1]
        file.chunks[-1] = (owner, last.rstrip("\r\n"))
    return file


def _top_value(file: File, key: str) -> str:
    rng = file.rng
    if key == "enabled":
        return rng.choice(("true", "false"))
    if key == "tags":
        return list_text(file, ("tags",), rng.choice(([], some(rng, TAGS), some(rng, TAGS))))
    return quoted(rng, rng.choice([text for text in TEXTS if text.strip()]) if key == "name" else rng.choice(TEXTS))


def _trigger_values(file: File, inline: bool = False) -> dict[str, str]:
    rng = file.rng
    event = rng.choice(("message_created", "message_created", "conversation_created"))
    values = {"event": quoted(rng, event) if not inline else f'"{event}"', "channel": '"whatsapp"'}
    if rng.random() < 0.5:
        values["instance"] = f'"{rng.choice(INSTANCES)}"'
    lists: dict[str, tuple[str, ...]] = {"participant_types": PEOPLE}
    if event == "message_created":
        lists["message_types"] = MESSAGES
    for key, vocabulary in lists.items():
        if rng.random() < 0.6:
            chosen = some(rng, vocabulary)
            values[key] = str(chosen).replace("'", '"') if inline else list_text(file, ("trigger", key), chosen)
    keys = list(values)
    rng.shuffle(keys)
    return {key: values[key] for key in keys}


def _trigger_entries(file: File, way: str) -> None:
    if way == "inline":
        inside = ", ".join(f"{key} = {value}" for key, value in _trigger_values(file, inline=True).items())
        file.entry(("trigger",), "trigger", f"{{ {inside} }}")
        return
    for key, value in _trigger_values(file).items():
        dot = file.rng.choice((".", ".", " . "))
        file.entry(("trigger", key), f"trigger{dot}{key}", value)


def _trigger_table(file: File) -> None:
    rng = file.rng
    indent = rng.choice(("", "", "  "))
    above = file.above(("trigger",))
    file.add(("trigger",), f"{above}{rng.choice(('[trigger]', '[ trigger ]'))}{file.maybe(('trigger',), 'behind')}\n")
    for key, value in _trigger_values(file).items():
        file.entry(("trigger", key), key, value, indent)


def step_values(rng: Random) -> dict[str, object]:
    """A step, as values in an order that a person might choose."""
    kind = rng.choice(
        ("send_message", "send_message", "add_note", "assign_agent", "notify_participants", "update_contact",
         "add_participant", "remove_participant", "close_conversation")
    )  # fmt: skip
    values: dict[str, object] = {"type": kind}
    if kind in ("send_message", "add_note", "notify_participants"):
        values["text"] = rng.choice(TEXTS)
    if kind == "send_message" and rng.random() < 0.4:
        values["message_type"] = rng.choice(MESSAGES)
    if kind == "notify_participants" and rng.random() < 0.6:
        values["participant_types"] = some(rng, PEOPLE)
    if kind == "assign_agent":
        values["agent"] = rng.choice(("Anna", "Ben", ""))
    if kind == "update_contact":
        values["attributes"] = {key: rng.choice((1, "x", True, 1.5)) for key in some(rng, ("plan", "a b", "x=y", "n"))}
    if kind in ("add_participant", "remove_participant"):
        values["participant_type"] = rng.choice(PEOPLE)
    if kind == "add_participant" or (kind == "remove_participant" and rng.random() < 0.5):
        values["name"] = rng.choice(("Anna", "Ben"))
    keys = list(values)
    if rng.random() < 0.3:
        rng.shuffle(keys)
    return {key: values[key] for key in keys}


def scalar(rng: Random, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(rng, value) if isinstance(value, str) else str(value)


def _key(name: str) -> str:
    return name if name.isidentifier() else f'"{name}"'


def _inline_table(values: dict[str, object]) -> str:
    parts = []
    for key, value in values.items():
        if isinstance(value, dict):
            text = _inline_table(value)
        elif isinstance(value, list):
            text = str(value).replace("'", '"')
        elif isinstance(value, str):
            text = quoted_entry(value).replace("\n", "\\n").replace("\t", "\\t")
        else:
            text = str(value).lower()
        parts.append(f"{_key(key)} = {text}")
    return "{ " + ", ".join(parts) + " }"


def _inline_steps(file: File, size: int) -> None:
    rng, lines = file.rng, []
    above = file.above(("steps",))
    for number in range(size):
        over = f"  {file.comment((number,), 'above')}\n" if rng.random() < file.commented / 3 else ""
        lines.append(f"{over}  {_inline_table(step_values(rng))},{file.maybe((number,), 'behind')}\n")
    if not lines:
        file.add(("steps",), f"{above}steps = []\n")
        return
    file.add(("steps",), f"{above}steps = [\n")
    for number, line in enumerate(lines):
        file.add((number,), line)
    file.add(("steps",), f"]{file.maybe(('steps',), 'behind')}\n")


def _step_block(file: File, number: int) -> None:
    rng = file.rng
    indent = rng.choice(("", "", "  ", "\t"))
    above = file.above((number,))
    header = rng.choice(("[[steps]]", "[[steps]]", "[[ steps ]]", '[["steps"]]'))
    file.add((number,), f"{above}{header}{file.maybe((number,), 'behind')}\n")
    later = ""
    for key, value in step_values(rng).items():
        owner = (number, key)
        if rng.random() < 0.1 and file.chunks[-1][0] != (number,):
            file.add((number,), "\n")
        if isinstance(value, dict):
            way = rng.choice(("inline", "dotted", "table"))
            if way == "inline":
                file.entry(owner, key, _inline_table(value), indent)
                continue
            if way == "table":
                later = key
                attributes = value
                continue
            for name, inner in value.items():
                file.entry((*owner, name), f"{key}.{_key(name)}", scalar(rng, inner), indent)
        elif isinstance(value, list):
            file.entry(owner, key, list_text(file, owner, value), indent)
        else:
            file.entry(owner, key, scalar(rng, value), indent)
    if later:
        file.add((number, later), f"{indent}[steps.{later}]{file.maybe((number, later), 'behind')}\n")
        for name, inner in attributes.items():
            file.entry((number, later, name), _key(name), scalar(rng, inner), indent)
    if rng.random() < file.commented / 2:
        file.add((number,), f"{file.comment((number,), 'below')}\n")
        file.add((), "\n")
