import difflib
import math
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests import strategies

from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    NotifyParticipants,
    RemoveParticipant,
    SendMessage,
    Step,
    UpdateContact,
)
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.errors import SaveError
from oncue.storage import flow_text
from oncue.storage.codec import decode_flow, decode_scenario
from oncue.storage.flow_text import flow_bytes, step_style, table_style
from oncue.storage.scenario_text import scenario_bytes
from oncue.storage.toml.edit import PLAIN

TEXT = '''\
# top
name = "A"   # the name
description = 'lit'
tags = [
  "a", # first
  "b",
  "c"  # third
]

# about the trigger
[trigger]
channel = "sms"
event = "message_created"  # ev
participant_types = [
  "contact", # people
  "bot",
]

# first step
[[steps]]
type = "send_message"
text = """
Hello
there"""   # t

# second step
# two lines
[[steps]]
text = "n"
type = "add_note"

# third

[[steps]]
type = "update_contact"
[steps.attributes]
tier = "gold" # au
n = 1

# the end
'''
FLOW = decode_flow("x", TEXT.encode())
ONE, TWO, THREE = FLOW.steps


def edited(flow: Flow, text: str = TEXT) -> list[str]:
    """The lines that an edit changes, as a diff has them."""
    after = flow_bytes(flow, text.encode()).decode()
    assert decode_flow("x", after.encode()) == flow
    lines = difflib.unified_diff(text.splitlines(True), after.splitlines(True), n=0)
    return [line.rstrip("\n") for line in lines if not line.startswith(("---", "+++", "@@"))]


def trigger(**changes: object) -> Flow:
    return replaced(FLOW, trigger=replaced(FLOW.trigger, **changes))


def test_nothing_changed_is_the_same_bytes() -> None:
    assert flow_bytes(FLOW, TEXT.encode()) == TEXT.encode()


@pytest.mark.parametrize(
    ("flow", "diff"),
    [
        (replaced(FLOW, name="B"), ['-name = "A"   # the name', '+name = "B"   # the name']),
        (replaced(FLOW, description="new"), ["-description = 'lit'", "+description = 'new'"]),
        (replaced(FLOW, description="it's"), ["-description = 'lit'", '+description = "it\'s"']),
        (replaced(FLOW, description=""), ["-description = 'lit'", "+description = ''"]),
        (replaced(FLOW, enabled=False), ["+enabled = false"]),
        (replaced(FLOW, tags=("a", "c")), ['-  "b",']),
        (trigger(instance="i"), ['+instance = "i"']),
        (trigger(participant_types=frozenset({"bot"})), ['-  "contact", # people']),
        (trigger(participant_types=frozenset({"bot", "contact", "agent"})), ['+  "agent",']),
        (trigger(message_types=frozenset({"image", "text"})), ['+message_types = ["text", "image"]']),
        (
            replaced(FLOW, steps=(replaced(ONE, text='Hello\n"you"\\'), TWO, THREE)),
            ['-there"""   # t', '+"you"\\\\"""   # t'],
        ),
        (replaced(FLOW, steps=(ONE, AddNote(text="m"), THREE)), ['-text = "n"', '+text = "m"']),
        (
            replaced(FLOW, steps=(ONE, TWO, UpdateContact(attributes={"tier": "gold", "n": 2.0}))),
            ["-n = 1", "+n = 2.0"],
        ),
        (
            replaced(FLOW, steps=(ONE, TWO, UpdateContact(attributes={"tier": "gold", "n": 1, "a b": True}))),
            ['+"a b" = true'],
        ),
        (
            replaced(FLOW, steps=(*FLOW.steps, CloseConversation())),
            ["+[[steps]]", '+type = "close_conversation"', "+"],
        ),
        (
            replaced(FLOW, steps=(ONE, THREE)),
            ["-# second step", "-# two lines", "-[[steps]]", '-text = "n"', '-type = "add_note"', "-"],
        ),
    ],
)
def test_an_edit_touches_only_what_it_changes(flow: Flow, diff: list[str]) -> None:
    assert edited(flow) == diff


def test_one_and_one_point_zero_are_different() -> None:
    flow = replaced(FLOW, steps=(ONE, TWO, UpdateContact(attributes={"tier": "gold", "n": True})))
    assert edited(flow) == ["-n = 1", "+n = true"]


def test_moved_steps_take_their_comments_along() -> None:
    text = flow_bytes(replaced(FLOW, steps=(THREE, ONE, TWO)), TEXT.encode()).decode()
    third, first, second = text.index("# third"), text.index("# first step"), text.index("# second step")
    assert third < text.index('"update_contact"') < first < text.index('"send_message"') < second
    assert text.count("#") == TEXT.count("#")
    assert text.endswith('type = "add_note"\n\n# the end\n')


def test_a_step_edited_and_moved_around_others() -> None:
    flow = replaced(FLOW, steps=(AssignAgent(agent="q"), TWO, ONE, CloseConversation()))
    text = flow_bytes(flow, TEXT.encode()).decode()
    assert text.index("# two lines\n[[steps]]") < text.index("# first step\n[[steps]]")
    assert decode_flow("x", text.encode()) == flow


def test_no_steps_any_more() -> None:
    assert flow_bytes(replaced(FLOW, steps=()), TEXT.encode()).decode().endswith('  "bot",\n]\n\n# the end\n')


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_mark_line_ends_and_last_line_are_kept(mark: str, newline: str, end: str) -> None:
    text = (mark + TEXT.rstrip() + end).replace("\n", newline)
    flow = decode_flow("x", text.encode())
    flow = replaced(flow, name="B", enabled=False, steps=(*flow.steps, AddNote(text="z")))
    after = flow_bytes(flow, text.encode()).decode()
    assert after.startswith(mark + "# top")
    assert after.endswith("# the end" + end.replace("\n", newline))
    assert after.count("\n") == after.count(newline)
    assert after.replace("\n", "").count("\r") == after.count("\r\n")


INLINE = """\
name = "A"
trigger = { event = "message_created", channel = "sms" } # in
steps = [
  { type = "add_note", text = "1" }, # one
  { type = "add_note", text = "2" }, # two
]
"""


def test_inline_tables_and_lists() -> None:
    flow = decode_flow("x", INLINE.encode())
    one, two = flow.steps
    added = replaced(flow, steps=(one, two, AddNote(text="3")))
    assert edited(added, INLINE) == ['+  { type = "add_note", text = "3" },']
    assert edited(replaced(flow, steps=(two,)), INLINE) == ['-  { type = "add_note", text = "1" }, # one']
    other = replaced(flow, trigger=replaced(flow.trigger, instance="i"))
    assert edited(other, INLINE)[1] == '+trigger = { event = "message_created", channel = "sms", instance = "i" } # in'
    assert edited(replaced(flow, steps=()), INLINE)


def test_dotted_keys_and_missing_line_end() -> None:
    text = 'trigger.event = "message_created"\ntrigger.channel = "sms"\nname = "A"'
    flow = decode_flow("x", text.encode())
    flow = replaced(flow, trigger=replaced(flow.trigger, instance="i"), steps=(AddNote(text="1"),))
    assert '+trigger.instance = "i"' in edited(flow, text)


def test_tables_between_the_steps() -> None:
    text = """\
name = "A"
[[steps]] # one
type = "add_note"
text = "1"

[trigger] # t
event = "message_created"
channel = "sms"

[[steps]] # two
type = "add_note"
text = "2"
"""
    flow = decode_flow("x", text.encode())
    one, two = flow.steps
    for steps in [(two, one), (two,), (), (two, one, AddNote(text="3")), (AddNote(text="0"), one, two)]:
        after = flow_bytes(replaced(flow, steps=steps), text.encode()).decode()
        assert decode_flow("x", after.encode()).steps == steps
        assert "# t" in after
        assert ("# one" in after) == (one in steps)


def test_an_edit_that_would_lose_a_comment_is_refused() -> None:
    text = 'name = "A"\ntags = [\n  # none yet\n]\n[trigger]\nevent = "message_created"\nchannel = "sms"\n'
    flow = decode_flow("x", text.encode())
    with pytest.raises(SaveError, match="without losing comments"):
        flow_bytes(replaced(flow, tags=("a",)), text.encode())
    assert edited(replaced(flow, name="B"), text) == ['-name = "A"', '+name = "B"']


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**63, "x" * 70_000, "\ud800"])
def test_what_cannot_be_saved_is_refused(value: str | float) -> None:
    forged = UpdateContact(attributes={})
    object.__setattr__(forged, "attributes", {"a": value})
    flow = replaced(FLOW, steps=(forged,))
    for existing in (None, TEXT.encode()):
        with pytest.raises(SaveError):
            flow_bytes(flow, existing)


HEAD = 'name = "A"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n'


def test_a_step_gets_another_type_and_keeps_its_comments() -> None:
    """The default of ``message_type`` is one of its kind of step, and nothing that a note could have."""
    text = HEAD + '[[steps]] # why\ntype = "send_message"\ntext = "t" # words\nmessage_type = "image"\n'
    flow = decode_flow("x", text.encode())
    note = replaced(flow, steps=(AddNote(text="t"),))
    assert edited(note, text) == ['-type = "send_message"', '+type = "add_note"', '-message_type = "image"']
    plain = replaced(flow, steps=(SendMessage(text="t"),))
    assert edited(plain, text) == ['-message_type = "image"', '+message_type = "text"']


def test_a_default_that_was_written_is_left_alone() -> None:
    text = f"""\
enabled = true # for now
{HEAD}participant_types = ["bot", "contact"] # in my order
[[steps]]
type = "send_message"
message_type = "text" # said
text = "t"
"""
    flow = decode_flow("x", text.encode())
    assert edited(replaced(flow, name="B"), text) == ['-name = "A"', '+name = "B"']
    longer = replaced(flow, steps=(*flow.steps, CloseConversation()))
    assert not [line for line in edited(longer, text) if line.startswith("-")]


def test_inline_steps_that_are_written_in_an_unusual_way_are_left_alone() -> None:
    text = f"""\
steps = [
  {{ message_type = "text", text = "1", type = "send_message" }}, # one
  {{ type = "add_note", text = "2" }}, # two
]
{HEAD}"""
    flow = decode_flow("x", text.encode())
    one, _ = flow.steps
    changed = replaced(flow, steps=(one, AddNote(text="3")))
    assert edited(changed, text) == [
        '-  { type = "add_note", text = "2" }, # two',
        '+  { type = "add_note", text = "3" }, # two',
    ]


def test_attributes_of_dotted_keys_can_be_emptied() -> None:
    text = HEAD + '# why\n[[steps]]\ntype = "update_contact"\nattributes.n = 1\n'
    flow = decode_flow("x", text.encode())
    empty = replaced(flow, steps=(UpdateContact(attributes={}),))
    assert edited(empty, text) == ["-attributes.n = 1", "+attributes = {}"]


def test_the_style_of_a_table_comes_from_its_type() -> None:
    style = table_style(Flow)
    assert style.order[1:5] == ("name", "description", "enabled", "tags")
    assert style.defaults == {"description": "", "enabled": True, "tags": [], "steps": []}
    assert style.tables["trigger"].sets == {"participant_types", "message_types"}
    assert step_style({"type": "send_message"}).order == ("type", "text", "message_type")
    assert step_style({"type": "notify_participants"}).sets == {"participant_types"}
    assert step_style({"type": "no such"}) == PLAIN


def test_too_large_is_refused() -> None:
    flow = replaced(FLOW, steps=tuple(SendMessage(text="x" * 60_000 + str(n)) for n in range(5)))
    with pytest.raises(SaveError, match="262,144"):
        flow_bytes(flow)


# --- flows of every shape, with hostile text ------------------------------------------------------------------

HOSTILE = [
    '"""',
    "'''",
    "\\",
    '"',
    "'",
    "\r\n",
    "\n",
    "\r",
    "\t",
    "\x00",
    "\x1b[2J",
    "\x7f",
    "\x85",
    "\u2028",
    "\ufeff",
]
HOSTILE += [
    "#",
    "[[steps]]",
    "[trigger]",
    "= 1",
    "🙂",
    "\U000e0041",
    "null",
    "\\u0000",
    "{{x}}",
    "<<<<<<< HEAD",
    "]",
    "}",
]

texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=5).map("".join)
names = texts.filter(str.strip)
slugs = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True)
participants = st.frozensets(st.sampled_from(list(PARTICIPANT_TYPES)), max_size=4)
messages = st.frozensets(st.sampled_from(list(MESSAGE_TYPES)), max_size=4)
numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)

any_step: st.SearchStrategy[Step] = st.one_of(
    st.builds(SendMessage, text=texts, message_type=st.sampled_from(list(MESSAGE_TYPES))),
    st.builds(AssignAgent, agent=texts),
    st.builds(AddNote, text=texts),
    st.builds(NotifyParticipants, text=texts, participant_types=st.none() | participants),
    st.builds(UpdateContact, attributes=st.dictionaries(texts, texts | numbers | st.booleans(), max_size=3)),
    st.builds(AddParticipant, participant_type=st.sampled_from(list(PARTICIPANT_TYPES)), name=texts),
    st.builds(RemoveParticipant, participant_type=st.sampled_from(list(PARTICIPANT_TYPES)), name=st.none() | texts),
    st.builds(CloseConversation),
)


@st.composite
def triggers(draw: st.DrawFn) -> Trigger:
    event = draw(st.sampled_from(list(EVENT_KINDS)))
    return Trigger(
        event=event,
        channel=draw(slugs),
        instance=draw(st.none() | slugs),
        participant_types=draw(st.none() | participants),
        message_types=draw(st.none() | messages) if event == "message_created" else None,
    )


any_flow = st.builds(
    Flow,
    id=st.just("x"),
    name=names,
    description=texts,
    enabled=st.booleans(),
    tags=st.lists(texts, max_size=3).map(tuple),
    trigger=triggers(),
    steps=st.lists(any_step, max_size=4).map(tuple),
)


@given(any_flow)
def test_any_flow_is_read_back_as_it_was(flow: Flow) -> None:
    try:
        data = flow_bytes(flow)
    except SaveError as error:
        assume("merge conflict" not in str(error))
        raise
    assert decode_flow("x", data) == flow


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(any_flow, any_flow, st.booleans(), st.booleans())
def test_any_edit_of_any_file_is_read_back_as_it_was(old: Flow, new: Flow, returns: bool, mixed: bool) -> None:
    if mixed:  # an edit as people make them: most of it stays
        new = replaced(old, steps=(*old.steps[1:], *new.steps[:1], *old.steps[:1]), name=new.name, tags=new.tags)
    text = flow_bytes(old).decode()
    if returns:
        text = text.replace("\n", "\r\n")
    assert decode_flow("x", flow_bytes(new, text.encode())) == new


@given(st.permutations(range(3)), st.lists(any_step, max_size=2), st.integers(0, 3), any_flow)
def test_the_comments_of_what_stays_stay(order: list[int], added: list[SendMessage], at: int, other: Flow) -> None:
    steps = [FLOW.steps[index] for index in order]
    steps[at:at] = added
    flow = replaced(FLOW, name=other.name, enabled=other.enabled, steps=tuple(steps))
    before, after = TEXT, flow_bytes(flow, TEXT.encode()).decode()
    comments = re.findall(r"#[^\n]*", before)
    assert all(comment in after for comment in comments)
    blocks = {0: "# first step\n[[steps]]", 1: "# second step\n# two lines\n[[steps]]", 2: "# third\n\n[[steps]]"}
    places = [after.index(blocks[index]) for index in order]
    assert places == sorted(places)


def test_scenario() -> None:
    text = """\
name = "A"

[[events]]
event = "message_created"
instance = "a"
participant = { type = "contact" }
expect = []
"""
    scenario = decode_scenario("s", text.encode())
    assert scenario_bytes(scenario).decode() == text
    assert isinstance(scenario, Scenario)


def test_the_comments_of_a_key_that_goes_stay() -> None:
    text = """\
name = "A"
[trigger]
event = "message_created"
channel = "sms"
instance = "i" # the number of the shop
participant_types = [ # who
  "contact", # customers only
] # so far
"""
    flow = decode_flow("x", text.encode())
    anybody = replaced(flow, trigger=replaced(flow.trigger, instance=None, participant_types=None))
    after = flow_bytes(anybody, text.encode()).decode()
    assert decode_flow("x", after.encode()) == anybody
    assert after.endswith("# the number of the shop\n# who\n# customers only\n# so far\n")


LINES = f'{HEAD}# why\n[[steps]]\ntype = "send_message"\ntext = """\nHello,\n\nthere""" # t\n'


def test_line_ends_of_a_checkout_mean_nothing() -> None:
    crlf = LINES.replace("\n", "\r\n").encode()
    flow = decode_flow("x", crlf)
    assert flow == decode_flow("x", LINES.encode())
    assert flow.steps[0] == SendMessage(text="Hello,\n\nthere")
    assert flow_bytes(flow, crlf) == crlf


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("text", ["Hello,\nyou\n", "\nHello", "one\r\ntwo\rthree", "a\n\r\nb"])
def test_an_edited_text_has_the_line_ends_of_its_file(newline: str, text: str) -> None:
    before = LINES.replace("\n", newline)
    flow = replaced(decode_flow("x", before.encode()), steps=(SendMessage(text=text), AddNote(text=text)))
    after = flow_bytes(flow, before.encode()).decode()
    assert decode_flow("x", after.encode()) == flow
    assert after.count("\n") == after.count(newline)
    assert after.count("\r") == after.count("\r\n")
    assert "# why" in after
    assert "# t" in after
    other = after.replace("\r\n", "\n") if newline == "\r\n" else after.replace("\n", "\r\n")
    assert decode_flow("x", other.encode()) == flow


def test_a_scenario_of_a_checkout_with_other_line_ends() -> None:
    text = (
        'name = "S"\n\n[[events]]\ninstance = "wa"\nevent = "message_created"\n'
        'participant = { type = "contact", id = "p" }\n'
        'message = { type = "text", text = """\nHello,\nyou""" }\n'
    )
    assert decode_scenario("s", text.encode()) == decode_scenario("s", text.replace("\n", "\r\n").encode())
    assert "\r" not in str(decode_scenario("s", text.replace("\n", "\r\n").encode()))


def test_inline_steps_that_change_places_take_their_comments_along() -> None:
    flow = decode_flow("x", INLINE.encode())
    one, two = flow.steps
    text = flow_bytes(replaced(flow, steps=(two, one)), INLINE.encode()).decode()
    assert text.endswith('text = "2" }, # two\n  { type = "add_note", text = "1" }, # one\n]\n')
    swapped = replaced(flow, steps=(AddNote(text="3"), one))
    text = flow_bytes(swapped, INLINE.encode(), [1, 0]).decode()
    assert text.endswith('text = "3" }, # two\n  { type = "add_note", text = "1" }, # one\n]\n')


def test_a_step_of_another_type_keeps_the_comments_of_keys_that_the_new_type_has_not() -> None:
    text = (
        'name = "A"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n\n'
        '[[steps]]\ntype = "assign_agent"\n\n# who\nagent = "Anna" # the best\n[[steps]]\ntype = "close_conversation"\n'
    )
    flow = decode_flow("a", text.encode())
    after = flow_bytes(replaced(flow, steps=(CloseConversation(), flow.steps[1])), text.encode(), [0, 1]).decode()
    assert after.endswith(
        '[[steps]]\ntype = "close_conversation"\n# who\n# the best\n\n[[steps]]\ntype = "close_conversation"\n'
    )


def test_the_comment_of_a_key_that_goes_is_not_about_the_header_below_it() -> None:
    text = 'name = "A"\n[trigger]\nevent = "message_created"\nchannel = "sms"\ninstance = "i" # why\n# one\n[[steps]]\n'
    text += 'type = "close_conversation"\n'
    flow = decode_flow("a", text.encode())
    after = flow_bytes(replaced(flow, trigger=replaced(flow.trigger, instance=None)), text.encode()).decode()
    assert after == text.replace('instance = "i" # why\n', "# why\n\n")


def test_dotted_attributes_that_all_change_their_names() -> None:
    text = 'name = "A"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n[[steps]]\ntype = "update_contact"\n'
    flow = decode_flow("a", (text + "attributes.a = 1\n# end\n").encode())
    changed = replaced(flow, steps=(UpdateContact(attributes={"b": 2}),))
    after = flow_bytes(changed, (text + "attributes.a = 1\n# end\n").encode(), [0]).decode()
    assert after == text + "attributes.b = 2\n# end\n"


# --- layout that an edit has nothing to do with -------------------------------------------------------------------

BRACES = """\
name = "A"
trigger = {
  event = "message_created", # when
  channel = "whatsapp", # where
  tags_of_nobody = 1,
}
steps = [
  { # one
    type = "add_note",
    text = "x", # what
  },
]
""".replace("  tags_of_nobody = 1,\n", "")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_in_braces_keep_their_lines_and_comments(newline: str) -> None:
    before = BRACES.replace("\n", newline).encode()
    flow = decode_flow("a", before)
    trigger = replaced(flow.trigger, channel="email", participant_types=frozenset(["bot"]))
    after = flow_bytes(replaced(flow, trigger=trigger, steps=(replaced(flow.steps[0], text="z"),)), before)
    expected = BRACES.replace('"whatsapp"', '"email"').replace('"x"', '"z"')
    expected = expected.replace("# where\n", '# where\n  participant_types = ["bot"],\n')
    assert after.decode() == expected.replace("\n", newline)
    back = flow_bytes(flow, after)
    assert back == before


def test_an_entry_of_a_table_in_braces_without_a_last_comma() -> None:
    before = b'name = "A"\ntrigger = {\n  event = "message_created",\n  channel = "whatsapp"\n}\n'
    flow = decode_flow("a", before)
    after = flow_bytes(replaced(flow, trigger=replaced(flow.trigger, instance="i")), before)
    assert after == before.replace(b'"whatsapp"\n', b'"whatsapp",\n  instance = "i"\n')


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_blanks_at_the_ends_of_lines_stay_with_their_steps(kept: int) -> None:
    head = 'name = "A"\n\n[trigger]\nevent = "message_created"\nchannel = "whatsapp"  \n'
    blocks = [f'\n[[steps]]\ntype = "add_note"\ntext = "{n}"{" " * (n + 1)}\n' for n in range(3)]
    before = (head + "".join(blocks)).encode()
    flow = decode_flow("a", before)
    assert flow_bytes(replaced(flow, steps=(flow.steps[kept],)), before).decode() == head + blocks[kept]
    assert flow_bytes(replaced(flow, steps=()), before).decode() == head


def test_a_file_that_has_to_be_written_anew_keeps_its_line_ends_and_its_mark() -> None:
    before = b'\xef\xbb\xbfname = "A"\r\ntrigger.event = "message_created"\r\ntrigger."channel" = "whatsapp"\r\n'
    flow = decode_flow("a", before)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow_text, "edit_table", lambda *_: "name = 3")
        after = flow_bytes(replaced(flow, name="B", description="One\nTwo"), before)
    assert after.startswith(b"\xef\xbb\xbfname")
    assert after.count(b"\n") == after.count(b"\r\n") > 3


def test_conditions_are_edited_in_place() -> None:
    text = (
        b'name = "a"\n\n[trigger]\nevent = "message_created"\nchannel = "sms"\n\n'
        b'# office\n[when]  # all\nlabels = ["vip"]  # one\nresponsible = "nobody"\n\n'
        b'[[steps]]\ntype = "close_conversation"\n'
    )
    flow = decode_flow("a", text)
    assert flow.when is not None
    less = replaced(flow, when=flow.when.without("responsible"))
    assert flow_bytes(less, text) == text.replace(b'responsible = "nobody"\n', b"")
    more = replaced(flow, when=replaced(flow.when, once_per="day", absent=frozenset({"bot", "agent"})))
    edited = flow_bytes(more, text)
    assert b'labels = ["vip"]  # one\n' in edited
    assert decode_flow("a", edited) == more
    assert decode_flow("a", flow_bytes(replaced(flow, name="b"), text)).when == flow.when
    assert decode_flow("a", flow_bytes(more)) == more


@given(strategies.scenarios())
def test_a_scenario_reads_back_as_it_was_written(scenario: Scenario) -> None:
    assert decode_scenario(scenario.id, scenario_bytes(scenario)) == scenario
