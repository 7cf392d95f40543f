"""Random workspaces and scripts, as tables keyed as in their files.

Few values, so that people, names and flows meet all the time. Everything comes from one seed: drawn value by value by
Hypothesis, most scripts would be the smallest that there are, and nothing would happen in them.
"""

from random import Random
from typing import Any

Table = dict[str, Any]

CHANNELS = {"whatsapp": "WhatsApp", "sms": "SMS"}
INSTANCES = [
    {"id": "wa-a", "channel": "whatsapp", "name": "Shop A"},
    {"id": "wa-b", "channel": "whatsapp", "name": "Shop B"},
    {"id": "sm", "channel": "sms", "name": "Line"},
]
EVENTS = ["conversation_created", "participant_added", "participant_removed", "message_created"]
_SENDERS = ["flow", "access_key", "connector", "channel", "automation"]
_TYPES = ["contact"] * 5 + ["agent"] * 6 + ["bot"] * 2 + _SENDERS
_MESSAGES = ["text", "image", "html"]
_NAMES = ["Anna", "Bea", "Jos\u00e9", "Jose\u0301", "a1"]
_IDS = ["a1", "a2", "Anna"]
_PLACEHOLDERS = [
    "participant.name",
    "participant.type",
    "participant.id",
    "conversation.id",
    "conversation.channel",
    "conversation.instance",
    "conversation.assignee",
    "message.text",
    "message.type",
    "flow.id",
    "flow.name",
    "no.such",
]
_FILLED = [
    "{{participant.name}}",
    "{{ participant.id }}",
    "{{conversation.assignee}}",
    "{{message.text}}",
    "{{no.such}}",
]
_VALUES: list[object] = [1, 1, True, True, 1.0, "", *_FILLED]
_SAID = ["hi", "", " ", "Anna", "{{flow.id}}", "a2", "z" * 9_998]
_CLOSED = ["reopens", "refused", "new_conversation", "new_conversation"]
_TALKS: list[list[str | None]] = [
    [None],
    [None],
    [None, "ada"],
    ["ada"],
    ["ada", "ada-2"],
    ["ada", None, "c-1"],
    [None, "c-2"],
]
_PLACES = [["wa-a"], ["wa-a"], ["wa-a"] * 4 + ["gone"], ["wa-a", "wa-b"], ["wa-a", "sm"]]
_DELIVERIES: list[list[str | None]] = [
    [None],
    [None, "once", "twice", "swapped", "late"],
    [None, None, "swapped", "twice"],
]


def random_workspace(rng: Random) -> Table:
    settings: Table = {
        "first_message_fires_message_created": rng.random() < 0.8,
        "initial_participants_fire_participant_added": rng.random() < 0.4,
        "message_in_closed_conversation": rng.choice(_CLOSED),
        "max_events_per_cascade": rng.choice([1, 2, 3, 4, 6, 10, 15, 30, 30]),
    }
    ids = rng.sample(["a", "b", "c", "d", "a-2", "a-10"], rng.randint(1, 5))
    flows = [_flow(rng, each) for each in ids]
    return {"channels": CHANNELS, "instances": INSTANCES, "simulation": settings, "flows": flows}


def _flow(rng: Random, flow_id: str) -> Table:
    event = rng.choice([*EVENTS, *EVENTS[1:], "participant_added", "message_created", "message_created"])
    trigger: Table = {"event": event, "channel": rng.choice(["whatsapp"] * 4 + ["sms"])}
    if rng.random() < 0.15:
        trigger["instance"] = rng.choice([each["id"] for each in INSTANCES if each["channel"] == trigger["channel"]])
    if rng.random() < 0.4:
        trigger["participant_types"] = rng.sample(["contact", "agent", "bot", "flow"], rng.randint(1, 2))
    if event == "message_created" and rng.random() < 0.25:
        trigger["message_types"] = rng.sample(_MESSAGES, rng.randint(1, 2))
    steps = [_step(rng) for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4]))]
    name = rng.choice(["Anna", f"Flow {flow_id}"])
    return {"id": flow_id, "name": name, "enabled": rng.random() < 0.95, "trigger": trigger, "steps": steps}


def _step(rng: Random) -> Table:
    kinds = ["send_message"] * 4 + ["assign_agent", "add_participant", "remove_participant", "update_contact"] * 3
    kind = rng.choice([*kinds, "add_note", "notify_participants", "close_conversation", "close_conversation"])
    step: Table = {"type": kind}
    match kind:
        case "send_message":
            step |= {"text": _text(rng), "message_type": rng.choice(["text", *_MESSAGES])}
        case "add_note" | "notify_participants":
            step["text"] = _text(rng)
        case "assign_agent":
            step["agent"] = _name(rng)
        case "update_contact":
            step["attributes"] = {key: rng.choice(_VALUES) for key in rng.sample(["k", "l"], rng.choice([1, 1, 2]))}
        case "add_participant":
            step |= {"participant_type": rng.choice(_TYPES), "name": _name(rng)}
        case "remove_participant":
            step["participant_type"] = rng.choice(_TYPES)
            if rng.random() < 0.6:
                step["name"] = _name(rng)
    return step


def _text(rng: Random) -> str:
    parts = [
        f"{{{{{rng.choice(_PLACEHOLDERS)}}}}}{rng.choice(['', '-', ' '])}" for _ in range(rng.choice([0, 1, 1, 2]))
    ]
    return rng.choice(["x", "hi ", ""]) + "".join(parts) or "y"


def _name(rng: Random) -> str:
    return rng.choice(_NAMES * 3 + _IDS + _FILLED + ["{{participant.type}} 7", " {{message.text}}"])


def random_script(rng: Random) -> tuple[list[Table], str]:
    """The events, and the delivery of those without their own."""
    names, places, deliveries = rng.choice(_TALKS), rng.choice(_PLACES), rng.choice(_DELIVERIES)
    homes = {name: rng.choice(places[:2]) for name in names}
    script = []
    for number in range(rng.randint(1, 10)):
        name, delivery = rng.choice(names), rng.choice(deliveries)
        event = _event(
            rng,
            EVENTS[0] if number == 0 and rng.random() < 0.9 else rng.choice([*EVENTS, *EVENTS[1:], *EVENTS[3:] * 2]),
        )
        event["instance"] = homes[name] if name and rng.random() < 0.9 else rng.choice(places)
        event |= {"conversation": name} if name else {}
        event |= {"delivery": delivery} if delivery else {}
        script.append(event)
    return script, rng.choice(["once"] * 5 + ["twice", "swapped", "late"])


def _event(rng: Random, kind: str) -> Table:
    event: Table = {"event": kind}
    who: Table = {}
    if rng.random() < 0.94:
        by_contact = kind in ("conversation_created", "message_created") and rng.random() < 0.4
        who["type"] = "contact" if by_contact else rng.choice(_TYPES)
    if rng.random() < 0.65:
        who["name"] = rng.choice([*_NAMES * 4, ""])
    if rng.random() < 0.35:
        who["id"] = rng.choice([*_IDS * 4, ""])
    if who:
        event["participant"] = who
    if kind == "message_created" and rng.random() < 0.9:
        message = {"type": rng.choice(_MESSAGES), "text": rng.choice(_SAID)}
        event["message"] = {key: message[key] for key in message if rng.random() < 0.85}
    return event
