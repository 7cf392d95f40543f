"""A second simulator, written from docs/simulation.md and docs/scenarios.md and from nothing else.

It is as plain as it can be: people are objects, a cascade is a recursion, a trigger is a handful of comparisons. The
test beside it holds it equal to the real one, so that a difference is a fault of the pages or of the code.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.vocabulary import CHANNEL_LABELS, EventKind, ParticipantType
from oncue.domain.workspace import Workspace


class RefusedError(Exception):
    """The event cannot happen."""


@dataclass(eq=False)
class Person:
    """Somebody who is there. Two of the same id and name are two."""

    type: str
    id: str | None
    name: str | None

    @property
    def parts(self) -> tuple[str, str | None, str | None]:
        return self.type, self.id, self.name


@dataclass(eq=False)
class Talk:
    """A conversation."""

    name: str
    instance: str
    started: bool = False
    open: bool = False
    people: list[Person] = field(default_factory=list)
    responsible: Person | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    messages: int = 0
    received: int = 0
    notes: int = 0

    def standing(self) -> tuple[object, ...]:
        people = frozenset(Counter(each.parts for each in self.people).items())
        return (
            self.open,
            people,
            self.responsible and self.responsible.parts,
            frozenset(self.attributes.items()),
        )

    def meant(self, kind: str, person_id: str | None, name: str | None) -> list[Person]:
        """Whoever is stated exactly first, then who has the id, then who has the name and no other id."""
        same = [each for each in self.people if each.type == kind]
        exact = [each for each in same if (each.id, each.name) == (person_id, name)]
        if exact:
            return exact[:1]
        if person_id is None and name is None:
            return same
        by_id = [each for each in same if person_id is not None and each.id == person_id]
        by_name = [each for each in same if alike(each.name, name) and (person_id is None or each.id is None)]
        return (by_id or by_name)[:1]

    def called(self, kind: str, text: str) -> Person | None:
        return next(
            (each for each in self.people if each.type == kind and (alike(each.name, text) or each.id == text)), None
        )

    def leave(self, gone: Person) -> None:
        self.people.remove(gone)
        if self.responsible is gone:
            self.responsible = None


def alike(one: str | None, other: str | None) -> bool:
    """Whether both are stated and the same, however accents are composed."""
    return (
        one is not None
        and other is not None
        and unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    )


@dataclass
class Told:
    """What came of an event."""

    number: int
    refused: bool = False
    conversation: str = ""
    started: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    responsible: str | None = None
    closed: bool = False
    loops: set[str] = field(default_factory=set)
    stopped: bool = False
    events: int = 0


@dataclass
class Happened:
    """An event that happened: it, what came with it just before, and whether flows hear of it."""

    event: Event
    talk: Talk
    before: "Happened | None" = None
    silent: bool = False


@dataclass
class Cascade:
    """One delivery, with everything that it causes."""

    told: Told
    talk: Talk
    handled: int = 0
    stopped: bool = False
    running: list[tuple[str, object, object]] = field(default_factory=list)


class Model:
    """Plays scenarios in a workspace."""

    def __init__(self, workspace: Workspace, scenario: Scenario) -> None:
        self.workspace, self.scenario = workspace, scenario
        self.settings = workspace.config.simulation
        self.taken = {event.conversation for event in scenario.events}
        self.talks: dict[str, Talk] = {}
        self.current: dict[str, str] = {}
        self.last_of: dict[str, str] = {}
        self.numbers = 0
        self.waiting: list[tuple[int, Happened, str]] = []

    def play(self) -> list[Told]:
        told: list[Told] = []
        for number, event in enumerate(self.scenario.events, 1):
            try:
                happened = self.happen(event)
            except RefusedError:
                told.append(Told(number, refused=True))
                continue
            told += self.after(number, happened, event.delivery or self.scenario.delivery)
        for kind in ("swapped", "late"):
            told += [self.deliver(number, one, delivery) for number, one, delivery in self.waiting if delivery == kind]
        return told

    def after(self, number: int, happened: Happened, delivery: str) -> list[Told]:
        """What is delivered once this has happened."""
        if delivery == "late":
            self.waiting.append((number, happened, delivery))
            return []
        released = [each for each in self.waiting if each[2] == "swapped" and each[1].talk is happened.talk]
        if delivery == "swapped" and not released:
            self.waiting.append((number, happened, delivery))
            return []
        self.waiting = [each for each in self.waiting if each not in released]
        return [self.deliver(*each) for each in ((number, happened, delivery), *released)]

    # Events happen

    def happen(self, scripted: ScenarioEvent) -> Happened:
        if scripted.instance not in self.workspace.config.by_id:
            raise RefusedError
        talk = self.talk_of(scripted)
        if talk.instance != scripted.instance:
            raise RefusedError
        who, kind = scripted.participant, scripted.event
        by_contact = kind == "message_created" and who is not None and who.type == "contact"
        if talk.started and not talk.open and by_contact:
            if self.settings.message_in_closed_conversation == "new_conversation":
                return self.start_by_message(scripted)
            if self.settings.message_in_closed_conversation == "reopens":
                talk.open = True
        if kind == "conversation_created":
            if talk.started:
                raise RefusedError
            return self.start(talk, scripted.participant)
        if not talk.started or (not talk.open and kind != "participant_removed"):
            raise RefusedError
        if kind == "participant_removed":
            return self.leave(talk, who)
        if kind == "participant_added":
            return self.join(talk, who)
        return self.write(talk, who, scripted.message)

    def talk_of(self, scripted: ScenarioEvent) -> Talk:
        if scripted.conversation:
            name = self.last_of.get(scripted.conversation, scripted.conversation)
        else:
            name = self.current.get(scripted.instance, "")
            ended = name and self.talks[name].started and not self.talks[name].open
            if not name or (ended and scripted.event == "conversation_created"):
                name = self.current[scripted.instance] = self.numbered()
        return self.talks.setdefault(name, Talk(name, scripted.instance))

    def numbered(self) -> str:
        self.numbers += 1
        while f"c-{self.numbers}" in self.taken | self.talks.keys():
            self.numbers += 1
        return f"c-{self.numbers}"

    def start_by_message(self, scripted: ScenarioEvent) -> Happened:
        if scripted.conversation:
            number = 2
            while f"{scripted.conversation}-{number}" in self.taken | self.talks.keys():
                number += 1
            name = self.last_of[scripted.conversation] = f"{scripted.conversation}-{number}"
        else:
            name = self.current[scripted.instance] = self.numbered()
        talk = self.talks[name] = Talk(name, scripted.instance)
        start = self.start(talk, scripted.participant)
        message = self.write(talk, scripted.participant, scripted.message)
        message.before = start
        return message

    def start(self, talk: Talk, who: Participant | None) -> Happened:
        talk.started = talk.open = True
        started = Happened(self.event("conversation_created", talk, who), talk)
        if who is not None and who.type is not None:
            talk.people.append(Person(who.type, who.id, who.name))
            if self.settings.initial_participants_fire_participant_added:
                started.before = Happened(self.event("participant_added", talk, who), talk)
        return started

    def join(self, talk: Talk, who: Participant | None) -> Happened:
        if who is None or who.type is None:
            return Happened(self.event("participant_added", talk, who), talk)
        if who.id is None and who.name is None:
            talk.people.append(Person(who.type, None, None))
            return Happened(self.event("participant_added", talk, who), talk)
        there = self.learn(talk, who)
        event = self.event("participant_added", talk, self.complete(talk, who))
        if there:
            return Happened(event, talk, silent=True)
        talk.people.append(Person(who.type, who.id, who.name))
        return Happened(event, talk)

    def leave(self, talk: Talk, who: Participant | None) -> Happened:
        if who is None or who.type is None:
            return Happened(self.event("participant_removed", talk, who), talk)
        found = self.learn(talk, who)
        if len(found) != 1:
            raise RefusedError
        event = self.event("participant_removed", talk, self.complete(talk, who))
        talk.leave(found[0])
        return Happened(event, talk)

    def write(self, talk: Talk, who: Participant | None, message: Message | None) -> Happened:
        join = None
        there = [] if who is None or who.type is None else self.learn(talk, who)
        if who is not None and who.type in ("contact", "agent", "bot") and not there:
            talk.people.append(Person(who.type, who.id, who.name))
            join = Happened(self.event("participant_added", talk, who), talk)
        who = self.complete(talk, who)
        talk.messages += 1
        silent = False
        if who is None or who.type != "flow":
            silent = talk.received == 0 and not self.settings.first_message_fires_message_created
            talk.received += 1
        return Happened(self.event("message_created", talk, who, message), talk, join, silent)

    def learn(self, talk: Talk, who: Participant) -> list[Person]:
        """Whom ``who`` means; an id or a name that is first stated is theirs from then on."""
        assert who.type is not None
        found = talk.meant(who.type, who.id, who.name)
        if len(found) == 1:
            (known,) = found
            known.id = who.id if known.id is None else known.id
            known.name = who.name if known.name is None else known.name
        return found

    def complete(self, talk: Talk, who: Participant | None) -> Participant | None:
        if who is None or who.type is None or (who.id is not None and who.name is not None):
            return who
        found = talk.meant(who.type, who.id, who.name)
        if len(found) != 1:
            return who
        return Participant(type=who.type, id=found[0].id, name=found[0].name)

    def event(self, kind: EventKind, talk: Talk, who: Participant | None, message: Message | None = None) -> Event:
        channel = self.workspace.config.by_id[talk.instance].channel
        return Event(
            event=kind,
            channel=channel,
            instance=talk.instance,
            conversation=talk.name,
            participant=who,
            message=message,
        )

    # Events are delivered

    def deliver(self, number: int, happened: Happened, delivery: str) -> Told:
        told = Told(number, conversation=happened.talk.name)
        times = [happened]
        if delivery == "twice":
            times.append(Happened(happened.event, happened.talk, None, happened.silent))
        for again, each in enumerate(times):
            cascade = Cascade(told, happened.talk)
            started = self.hear(cascade, each, outside=True)
            told.started = told.started if again else started
            told.stopped |= cascade.stopped
        now = happened.talk
        told.responsible = None if now.responsible is None else now.responsible.name or now.responsible.id
        told.closed = now.started and not now.open
        return told

    def hear(self, cascade: Cascade, happened: Happened, outside: bool = False) -> list[str]:
        """Flows hear of an event; those that it started."""
        cascade.told.events += 1
        if cascade.handled >= self.settings.max_events_per_cascade:
            cascade.stopped = True
            return []
        cascade.handled += 1
        if happened.before is not None:
            self.hear(cascade, happened.before, outside)
        started: list[str] = []
        for flow in sorted(self.workspace.flows.values(), key=lambda each: each.id):
            if happened.silent or not fits(flow, happened.event):
                continue
            if cascade.stopped:
                break
            run = (flow.id, happened.event.key, cascade.talk.standing())
            if run in cascade.running:
                cascade.told.loops.add(flow.id)
                continue
            started.append(flow.id)
            cascade.running.append(run)
            for step in flow.steps:
                if cascade.stopped:
                    break
                for caused in self.take(cascade, flow, step, happened.event):
                    if not cascade.stopped:
                        self.hear(cascade, Happened(caused, cascade.talk))
            cascade.running.remove(run)
        return started

    # Steps

    def take(self, cascade: Cascade, flow: Flow, step: Any, event: Event) -> list[Event]:
        """Take a step; the events that it causes."""
        talk, told = cascade.talk, cascade.told
        match step.type:
            case "send_message" if talk.open:
                text = self.filled(step.text, flow, event, talk)
                talk.messages += 1
                told.messages.append(text)
                author = Participant(type="flow", id=flow.id, name=flow.name)
                return [self.event("message_created", talk, author, Message(type=step.message_type, text=text))]
            case "add_note":
                told.notes.append(self.filled(step.text, flow, event, talk))
                talk.notes += 1
            case "assign_agent" if talk.open and (name := self.name(step.agent, flow, event, talk)):
                agent = talk.called("agent", name)
                caused = [] if agent else self.added(talk, "agent", name)
                talk.responsible = agent or talk.people[-1]
                return caused
            case "add_participant" if talk.open and (name := self.name(step.name, flow, event, talk)):
                if not talk.called(step.participant_type, name):
                    return self.added(talk, step.participant_type, name)
            case "remove_participant":
                return self.removed(step, flow, event, talk)
            case "update_contact":
                for key, value in step.attributes.items():
                    known = self.known(value, flow, event, talk) if isinstance(value, str) else value
                    if known is not None:
                        talk.attributes[key] = known
            case "close_conversation":
                talk.open = False
        return []

    def added(self, talk: Talk, kind: ParticipantType, name: str) -> list[Event]:
        talk.people.append(Person(kind, None, name))
        return [self.event("participant_added", talk, Participant(type=kind, name=name))]

    def removed(self, step: Any, flow: Flow, event: Event, talk: Talk) -> list[Event]:
        leaving = [each for each in talk.people if each.type == step.participant_type]
        if step.name is not None:
            name = self.name(step.name, flow, event, talk)
            found = talk.called(step.participant_type, name) if name else None
            leaving = [found] if found else []
        for each in leaving:
            talk.leave(each)
        return [
            self.event("participant_removed", talk, Participant(type=step.participant_type, id=each.id, name=each.name))
            for each in leaving
        ]

    def values(self, flow: Flow, event: Event, talk: Talk) -> dict[str, str | None]:
        who, message = event.participant or Participant(), event.message or Message()
        at = self.workspace.config.by_id[talk.instance]
        responsible = None if talk.responsible is None else talk.responsible.name or talk.responsible.id
        return {
            "participant.name": who.name,
            "participant.type": who.type,
            "participant.id": who.id,
            "conversation.id": talk.name,
            "conversation.channel": CHANNEL_LABELS[at.channel],
            "conversation.instance": at.name,
            "conversation.assignee": responsible,
            "message.text": message.text,
            "message.type": message.type,
            "flow.id": flow.id,
            "flow.name": flow.name,
        }

    def filled(self, text: str, flow: Flow, event: Event, talk: Talk) -> str:
        values = self.values(flow, event, talk)

        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name not in values:
                return found[0]
            return values[name] or ("nobody" if name == "conversation.assignee" else "(unknown)")

        return re.sub(r"\{\{ *([a-z.]+) *\}\}", value, text)[:10_000]

    def name(self, text: str, flow: Flow, event: Event, talk: Talk) -> str | None:
        """The name of a person; ``None`` if it is not known, or blank."""
        name = self.known(text, flow, event, talk)
        return name if name and name.strip() else None

    def known(self, text: str, flow: Flow, event: Event, talk: Talk) -> str | None:
        """``text`` with its placeholders filled; ``None`` if one has no value, or does not exist."""
        values = self.values(flow, event, talk)
        names = re.findall(r"\{\{ *([a-z.]+) *\}\}", text)
        return None if any(values.get(name) in (None, "") for name in names) else self.filled(text, flow, event, talk)


def fits(flow: Flow, event: Event) -> bool:
    """Whether the trigger matches."""
    trigger, who = flow.trigger, event.participant
    return (
        flow.enabled
        and trigger.event == event.event
        and trigger.channel == event.channel
        and trigger.instance in (None, event.instance)
        and (trigger.participant_types is None or (who is not None and who.type in trigger.participant_types))
        and (
            trigger.message_types is None or (event.message is not None and event.message.type in trigger.message_types)
        )
    )
