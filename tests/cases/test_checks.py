"""Reports of people whose flows ran and should not have: the linter names the fault before anything is played.

Each case is a workspace as somebody had it, and one as it should have been. Numbers are those of public threads.
"""

from typing import Any, NamedTuple

import pytest

from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.problems import Code
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    NotifyParticipants,
    SendMessage,
    Step,
)
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig
from oncue.linting.lint import lint

HELLO = SendMessage(text="Hello!")
CONTACT = frozenset({"contact"})


def flow(
    flow_id: str, event: Any, *steps: Step, by: Any = CONTACT, of: Any = None, at: str | None = None, **when: Any
) -> Flow:
    trigger = Trigger(
        event=event,
        channel="chat",
        instance=at,
        participant_types=None if by is None else frozenset(by),
        message_types=None if of is None else frozenset(of),
    )
    return Flow(id=flow_id, name=flow_id, trigger=trigger, when=When(**when) if when else None, steps=steps)


def where(*flows: Flow, shown_as: Any = "flow") -> Workspace:
    instances = (
        Instance(id="desk", channel="chat", name="Desk", flows_write_as=shown_as),
        Instance(id="shop", channel="chat", name="Shop", flows_write_as=shown_as),
    )
    return Workspace.of(WorkspaceConfig(name="Case", instances=instances), flows)


class Case(NamedTuple):
    """A report: what is found in the workspace as it was, and that nothing is in the one as it should be."""

    source: str
    code: Code
    was: Workspace
    should_be: Workspace
    says: str = ""


WELCOME = "conversation_created"
MESSAGE = "message_created"
JOINED = "participant_added"
CASES = [
    Case(
        "BotFramework-Emulator 98, 113: the bot's own join is greeted, too",
        Code.ANSWERS_MACHINES,
        where(flow("greet", JOINED, HELLO, by=None)),
        where(flow("greet", JOINED, HELLO)),
        "bots",
    ),
    Case(
        "mattermost-plugin-welcomebot 83: bots must not be welcomed",
        Code.ANSWERS_MACHINES,
        where(flow("welcome", JOINED, HELLO, by=("contact", "bot"))),
        where(flow("welcome", JOINED, HELLO)),
        "a bot as well",
    ),
    Case(
        "osTicket 5692, 6059: later filters overwrite the assignment of earlier ones",
        Code.ORDER_DECIDES,
        where(
            flow("a-purchasing", WELCOME, AssignTeam(team="Purchasing")),
            flow("b-north", WELCOME, AssignTeam(team="Team North")),
        ),
        where(
            flow("a-purchasing", WELCOME, AssignTeam(team="Purchasing"), at="desk"),
            flow("b-north", WELCOME, AssignTeam(team="Team North"), at="shop"),
        ),
        "b-north wins",
    ),
    Case(
        "home-assistant/core 149799: the automations of both bots answer",
        Code.DOUBLE_REPLY,
        where(
            flow("gates", MESSAGE, HELLO, text_any=("open",)),
            flow("lights", MESSAGE, HELLO, cooldown="1m"),
            flow("any", MESSAGE, HELLO, cooldown="1m"),
        ),
        where(
            flow("gates", MESSAGE, HELLO, at="desk", text_any=("open",)),
            flow("lights", MESSAGE, HELLO, at="shop", cooldown="1m"),
        ),
    ),
    Case(
        "RocketChat 18753: chats that the API opens ring everybody",
        Code.GREETS_THE_TEAM,
        where(flow("welcome", WELCOME, HELLO, by=None)),
        where(flow("welcome", WELCOME, HELLO)),
        "integrations",
    ),
    Case(
        "python-slack-sdk 390, botkit 110: the bot answers its own summary",
        Code.LOOP,
        where(flow("trac", MESSAGE, HELLO, by=("contact", "flow"))),
        where(flow("trac", MESSAGE, HELLO, text_any=("http*",))),
        "trac → trac",
    ),
    Case(
        "the same where flows are shown as bots, and the author leaves out flows only",
        Code.LOOP,
        where(flow("trac", MESSAGE, HELLO, by=("contact", "agent", "bot")), shown_as="bot"),
        where(flow("trac", MESSAGE, HELLO, by=CONTACT, cooldown="1m"), shown_as="bot"),
        "a bot sends a text message",
    ),
    Case(
        "discourse-ai PR 544: a canned reply is posted by a human account and starts the triage again",
        Code.LOOP,
        where(flow("triage", MESSAGE, AddLabel(label="triaged"), HELLO, by=("contact", "agent")), shown_as="agent"),
        where(
            flow("triage", MESSAGE, AddLabel(label="triaged"), HELLO, by=CONTACT, without_labels=("triaged",)),
            shown_as="agent",
        ),
        "an agent sends a text message",
    ),
    Case(
        "n8n 32527: a thousand executions in one chat, through two flows",
        Code.LOOP,
        where(
            flow("a", MESSAGE, SendMessage(text="x", message_type="list"), by=("contact", "flow"), of=("text",)),
            flow("b", MESSAGE, SendMessage(text="x"), by=("flow",), of=("list",)),
        ),
        where(
            flow("a", MESSAGE, SendMessage(text="x", message_type="list"), of=("text",), once_per="conversation"),
            flow("b", MESSAGE, SendMessage(text="x"), by=("flow",), of=("list",)),
        ),
        "a → b → a",
    ),
    Case(
        "zammad 1131, freescout 3670: an automatic reply and an out-of-office reply answer each other",
        Code.ANSWERS_FOREVER,
        where(flow("received", MESSAGE, HELLO)),
        where(flow("received", MESSAGE, HELLO, once_per="conversation")),
        "automatic answer",
    ),
    Case(
        "front m1h822l, watomatic 190: once a day, not after each message",
        Code.ANSWERS_FOREVER,
        where(flow("away", MESSAGE, HELLO, responsible="nobody")),
        where(flow("away", MESSAGE, HELLO, responsible="nobody", cooldown="24h")),
        "cooldown",
    ),
    Case(
        "chatwoot PR 7620, 9224: conversations that the API or an agent starts get the greeting",
        Code.GREETS_THE_TEAM,
        where(flow("greeting", WELCOME, HELLO, by=("contact", "access_key"))),
        where(flow("greeting", WELCOME, HELLO)),
    ),
    Case(
        "chatwoot 12608: the first message is not there when the conversation is new",
        Code.NEVER_FILLED,
        where(flow("note", WELCOME, AddNote(text="first message: {{message.text}}"))),
        where(flow("note", MESSAGE, AddNote(text="first message: {{message.text}}"), first_message=True)),
        "never filled",
    ),
    Case(
        "zammad 5278: the follow-up reply goes to bots and integrations",
        Code.ANSWERS_MACHINES,
        where(flow("follow-up", MESSAGE, HELLO, by=("contact", "access_key"), once_per="day")),
        where(flow("follow-up", MESSAGE, HELLO, once_per="day")),
        "an API key as well",
    ),
    Case(
        "chatwoot 14594: two labels that never are on it together match nothing",
        Code.NEVER_HOLDS,
        where(flow("vip", MESSAGE, AddNote(text="x"), labels=("vip",), without_labels=("vip", "spam"))),
        where(flow("vip", MESSAGE, AddNote(text="x"), labels=("vip",), without_labels=("spam",))),
    ),
    Case(
        "wacrm PR 444: success is logged, and no step was there",
        Code.NO_STEPS,
        where(flow("nothing", MESSAGE)),
        where(flow("nothing", MESSAGE, AddNote(text="x"))),
    ),
    Case(
        "n8n 10836, freescout 5079: a stale copy of a flow runs beside it",
        Code.DUPLICATE,
        where(
            flow("tell", JOINED, NotifyParticipants(text="x")),
            flow("tell-2", JOINED, NotifyParticipants(text="x")),
        ),
        where(flow("tell", JOINED, NotifyParticipants(text="x"))),
        "a copy of tell",
    ),
    Case(
        "typebot 991: what comes after the end of a conversation is heard by a flow for flows, shown as bots",
        Code.NEVER_STARTS,
        where(flow("log", MESSAGE, AddNote(text="x"), by=("flow",)), shown_as="bot"),
        where(flow("log", MESSAGE, AddNote(text="x"), by=("bot",)), shown_as="bot"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_the_fault_is_named(case: Case) -> None:
    found = [problem for problem in lint(case.was) if problem.code == case.code]
    assert found
    assert case.says in f"{found[0].message}; {found[0].suggestion}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_nothing_is_said_of_it_as_it_should_be(case: Case) -> None:
    assert not [problem for problem in lint(case.should_be) if problem.severity != "hint"]


def test_what_is_right_already_is_left_alone() -> None:
    """Reports in which it was something else that went wrong, and flows that only look alike."""
    right = where(
        flow("welcome", WELCOME, HELLO),
        flow("route", MESSAGE, AssignAgent(agent="Anna"), first_message=True),
        flow("menu", MESSAGE, HELLO, text_any=("menu",)),
        flow("hours", MESSAGE, HELLO, text_starts=("hours",)),
        flow("menu-button", MESSAGE, SendMessage(text="x", message_type="list"), by=("bot",)),
        flow("rate", "participant_removed", HELLO, CloseConversation()),
    )
    assert not [problem for problem in lint(right) if problem.severity != "hint"]
