"""A second simulator, made from the pages in docs/ and not from the code of the first one.

simulation.md, scenarios.md, matching.md and flow-files.md say what comes of a workspace and a script, which are plain
tables here, keyed as in their files. Where the pages leave a question open, it is the page that has to change. The
model imports nothing of oncue and is as simple as can be: a cascade is a recursion, a trigger is a handful of
comparisons. The test beside it holds the simulator equal to it, so that every difference is a fault of the code or of
a page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.simulation.model_conversations import Conversation, Person

Table = Mapping[str, Any]

_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_JOIN_BY_WRITING = ("contact", "agent", "bot")
_LONGEST = 10_000
_DEFAULTS = {
    "first_message_fires_message_created": True,
    "initial_participants_fire_participant_added": False,
    "message_in_closed_conversation": "reopens",
    "max_events_per_cascade": 100,
}


class RefusedError(Exception):
    """The event cannot happen."""


class StoppedError(Exception):
    """The cascade has come to its limit."""


@dataclass(eq=False)
class Happened:
    """An event in its conversation, with those that come with it and whose flows run before its own."""

    kind: str
    talk: Conversation
    channel: str
    who: Person
    message: Table = field(default_factory=dict)
    before: "list[Happened]" = field(default_factory=list)
    starts: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        return self.kind, self.channel, self.talk.instance, self.who.type, self.message.get("type")


@dataclass
class Told:
    """What comes of an event: the keys that a program gets of it."""

    number: int
    conversation: str
    refused: bool = False
    started: set[str] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    assignee: str | None = None
    closed: bool = False
    loops: set[str] = field(default_factory=set)
    stopped: bool = False
    events: int = 0


class Model:
    """A workspace with the conversations of one script."""

    def __init__(self, workspace: Table) -> None:
        self.instances = {instance["id"]: instance for instance in workspace["instances"]}
        self.channels: Table = workspace["channels"]
        self.flows = sorted(workspace["flows"], key=lambda flow: flow["id"])
        self.settings = {**_DEFAULTS, **workspace["simulation"]}
        self.talks: dict[str, Conversation] = {}
        self.meant: dict[tuple[str, str], str] = {}  # the id behind a name, or behind an instance
        self.named: set[str] = set()

    # The script: what happens when, and what is delivered when.

    def play(self, script: Sequence[Table], delivery: str) -> list[Told]:
        """All events, in the order of their delivery."""
        self.named = {event["conversation"] for event in script if "conversation" in event}
        told: list[Told] = []
        swapped: list[tuple[int, Happened]] = []
        late: list[tuple[int, Happened]] = []
        for number, event in enumerate(script, 1):
            try:
                happened = self.happen(event)
            except RefusedError:
                where = self.meant.get(_place(event)) or event.get("conversation") or ""
                told.append(Told(number, where, refused=True))
                continue
            how = event.get("delivery", delivery)
            waiting = [each for each in swapped if each[1].talk is happened.talk]
            if how == "late":
                late.append((number, happened))
            elif how == "swapped" and not waiting:
                swapped.append((number, happened))
            else:
                swapped = [each for each in swapped if each not in waiting]
                told.append(self.deliver(number, happened, twice=how == "twice"))
                told.extend(self.deliver(*each) for each in waiting)
        return told + [self.deliver(*each) for each in swapped + late]

    def deliver(self, number: int, happened: Happened, twice: bool = False) -> Told:
        told = Told(number, happened.talk.id)
        for _ in range(1 + twice):
            try:
                Cascade(self, told).follow(happened, (), told.started)
            except StoppedError:
                told.stopped = True
            happened.before = []  # what came with the event has been delivered
        told.assignee, told.closed = happened.talk.assignee, not happened.talk.open
        return told

    # What an event from outside does, or why it cannot happen.

    def happen(self, event: Table) -> Happened:
        if event["instance"] not in self.instances:
            raise RefusedError
        talk = self.talk_of(event)
        who = Person(**{key: value or None for key, value in event.get("participant", {}).items()})
        if talk.started and talk.instance != event["instance"]:
            raise RefusedError
        if event["event"] == "conversation_created":
            if talk.started:
                raise RefusedError
            talk.instance = event["instance"]
            return self.start(talk, who)
        if not talk.started:
            raise RefusedError
        if event["event"] == "participant_added":
            return self.join(talk, who)
        if event["event"] == "participant_removed":
            return self.leave(talk, who)
        return self.write(event, talk, who)

    def talk_of(self, event: Table) -> Conversation:
        """The conversation that an event belongs to: the current one of its instance, if it names none."""
        talk = self.talks.get(self.meant.get(_place(event), ""))
        if talk is not None:
            closed = talk.started and not talk.open
            if "conversation" in event or event["event"] != "conversation_created" or not closed:
                return talk
        return self.new_talk(event, event.get("conversation") or self.free_name("c", 1))

    def new_talk(self, event: Table, name: str) -> Conversation:
        self.meant[_place(event)] = name
        self.talks[name] = Conversation(name, event["instance"])
        return self.talks[name]

    def free_name(self, stem: str, first: int) -> str:
        names = (f"{stem}-{number}" for number in count(first))
        return next(name for name in names if name not in self.named and name not in self.talks)

    def happened(self, kind: str, talk: Conversation, who: Person) -> Happened:
        return Happened(kind, talk, self.instances[talk.instance]["channel"], who)

    def start(self, talk: Conversation, who: Person) -> Happened:
        talk.started = talk.open = True
        started = self.happened("conversation_created", talk, who)
        if who.type is not None:
            talk.join(who)
            if self.settings["initial_participants_fire_participant_added"]:
                started.before.append(self.happened("participant_added", talk, who))
        return started

    def join(self, talk: Conversation, who: Person) -> Happened:
        if not talk.open:
            raise RefusedError
        joined = self.happened("participant_added", talk, who)
        if who.type is None:
            return joined
        if not who.unnamed and talk.recognise(who):
            joined.starts = False
        else:
            talk.join(who)
        return joined

    def leave(self, talk: Conversation, who: Person) -> Happened:
        if who.type is not None:
            meant = talk.meant(who)
            if len(meant) != 1:
                raise RefusedError
            talk.recognise(who)
            talk.leave(meant[0])
        return self.happened("participant_removed", talk, who)

    def write(self, event: Table, talk: Conversation, who: Person) -> Happened:
        before: list[Happened] = []
        if not talk.open:
            setting = self.settings["message_in_closed_conversation"]
            if who.type != "contact" or setting == "refused":
                raise RefusedError
            if setting == "reopens":
                talk.open = True
            else:
                name = event.get("conversation")
                talk = self.new_talk(event, self.free_name(name, 2) if name else self.free_name("c", 1))
                before.append(self.start(talk, who))
        talk.recognise(who)
        if who.type in _JOIN_BY_WRITING and not talk.meant(who):
            talk.join(who)
            before.append(self.happened("participant_added", talk, who))
        written = self.happened("message_created", talk, who)
        written.message, written.before = event.get("message", {}), before
        talk.messages += 1
        if who.type != "flow":
            talk.received += 1
            written.starts = talk.received > 1 or self.settings["first_message_fires_message_created"]
        return written


def _place(event: Table) -> tuple[str, str]:
    """What an event says of where it happens: the name of the conversation, or else the instance."""
    return ("name", event["conversation"]) if "conversation" in event else ("instance", event["instance"])


_Chain = tuple[tuple[str, tuple[object, ...], tuple[object, ...]], ...]
"""The runs that led to an event: the flow, the key that it ran on, and how the conversation stood."""


class Cascade:
    """One delivery of an event, with all that comes of it."""

    def __init__(self, model: Model, told: Told) -> None:
        self.model, self.told, self.events = model, told, 0

    def follow(self, happened: Happened, chain: _Chain, started: set[str]) -> None:
        """Start the flows of an event; those that it starts itself go to ``started``."""
        self.events += 1
        self.told.events += 1
        if self.events > self.model.settings["max_events_per_cascade"]:
            raise StoppedError
        for each in happened.before:
            self.follow(each, chain, set())
        for flow in self.model.flows:
            if not happened.starts or not _matches(flow, happened):
                continue
            run = (flow["id"], happened.key, happened.talk.standing)
            if run in chain:
                self.told.loops.add(flow["id"])
                continue
            started.add(flow["id"])
            for step in flow["steps"]:
                for caused in list(self.take(step, flow, happened)):
                    self.follow(caused, (*chain, run), set())

    def take(self, step: Table, flow: Table, start: Happened) -> Iterator[Happened]:
        """Take one step, and yield what it causes."""
        talk, filling = start.talk, Filling(self.values(flow, start))
        match step["type"]:
            case "send_message" if talk.open:
                text = filling.text(step["text"])
                self.told.messages.append(text)
                talk.messages += 1
                author = Person("flow", flow["id"], flow["name"])
                message = {"type": step.get("message_type", "text"), "text": text}
                yield Happened("message_created", talk, start.channel, author, message)
            case "add_note":
                self.told.notes.append(filling.text(step["text"]))
                talk.notes += 1
            case "assign_agent" if talk.open and (name := filling.name(step["agent"])):
                agent = talk.called("agent", name)
                talk.responsible = agent or talk.join(Person("agent", name=name))
                if agent is None:
                    yield Happened("participant_added", talk, start.channel, talk.responsible.copy())
            case "add_participant" if talk.open and (name := filling.name(step["name"])):
                if talk.called(step["participant_type"], name) is None:
                    joined = talk.join(Person(step["participant_type"], name=name))
                    yield Happened("participant_added", talk, start.channel, joined.copy())
            case "remove_participant":
                leaving = [person for person in talk.people if person.type == step["participant_type"]]
                if "name" in step:
                    named = filling.name(step["name"])
                    found = talk.called(step["participant_type"], named) if named else None
                    leaving = [person for person in leaving if person is found]
                for person in leaving:
                    talk.leave(person)
                yield from (Happened("participant_removed", talk, start.channel, person) for person in leaving)
            case "update_contact":
                values = {key: filling.value(value) for key, value in step["attributes"].items()}
                talk.attributes.update({key: value for key, value in values.items() if value is not None})
            case "close_conversation":
                talk.open = False

    def values(self, flow: Table, start: Happened) -> dict[str, str | None]:
        """What each placeholder stands for; ``None`` if the event does not state it."""
        return {
            "participant.name": start.who.name,
            "participant.type": start.who.type,
            "participant.id": start.who.id,
            "conversation.id": start.talk.id,
            "conversation.channel": self.model.channels[start.channel],
            "conversation.instance": self.model.instances[start.talk.instance]["name"],
            "conversation.assignee": start.talk.assignee,
            "message.text": start.message.get("text"),
            "message.type": start.message.get("type"),
            "flow.id": flow["id"],
            "flow.name": flow["name"],
        }


class Filling:
    """Texts, names and values of a step, filled with what is known."""

    def __init__(self, values: dict[str, str | None]) -> None:
        self.values = values

    def text(self, text: str) -> str:
        filled = _PLACEHOLDER.sub(self._filled, text)
        return filled if len(filled) <= _LONGEST else f"{filled[: _LONGEST - 1]}…"

    def value(self, value: object) -> object:
        """An attribute's value, ``None`` if it is not known."""
        if not isinstance(value, str):
            return value
        known = all(self.values.get(name.strip()) is not None for name in _PLACEHOLDER.findall(value))
        return self.text(value) if known else None

    def name(self, text: str) -> str | None:
        name = self.value(text)
        return name if isinstance(name, str) and name.strip() else None

    def _filled(self, found: re.Match[str]) -> str:
        name = found[1].strip()
        if name not in self.values:
            return found[0]
        value = self.values[name]
        if value is None:
            return "nobody" if name == "conversation.assignee" else "(unknown)"
        return value


def _matches(flow: Table, happened: Happened) -> bool:
    trigger = flow["trigger"]
    event, channel, instance, participant_type, message_type = happened.key
    return (
        flow.get("enabled", True)
        and (trigger["event"], trigger["channel"]) == (event, channel)
        and trigger.get("instance", instance) == instance
        and participant_type in trigger.get("participant_types", [participant_type])
        and message_type in trigger.get("message_types", [message_type])
    )
