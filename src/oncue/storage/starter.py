"""``oncue init``: a small workspace to start from, without problems and with scenarios that pass."""

import os
from pathlib import Path

from oncue.domain.paths import CONFIG_FILE
from oncue.errors import WorkspaceError
from oncue.storage.files import describe_os_error, read_regular
from oncue.storage.saving.writer import describe_write_error, remove_strays, replace_file
from oncue.text import shell_command

FILES = {
    "flows/welcome-whatsapp.toml": """\
name = "Welcome on WhatsApp"
description = "First reply to new customers."
tags = ["welcome"]

# Fires once, when a contact starts a new conversation.
[trigger]
event = "conversation_created"
channel = "whatsapp"
instance = "wa-main"
participant_types = ["contact"]     # not for conversations that an agent or a campaign starts

[[steps]]
type = "send_message"
text = "Hello {{participant.name}}, how can we help?"
""",
    "flows/note-for-new-agent.toml": """\
name = "Note for an agent who joins"
description = "Says who has joined, and which conversation it is."

[trigger]
event = "participant_added"         # no instance: on every instance of the channel
channel = "email"
participant_types = ["agent"]

[[steps]]
type = "add_note"
text = "{{participant.name}} has joined {{conversation.id}} on {{conversation.instance}}."
""",
    "scenarios/new-customer.toml": """\
name = "A customer writes for the first time"

[[events]]
event = "conversation_created"
instance = "wa-main"
participant = { type = "contact", name = "Jane" }
expect = ["welcome-whatsapp"]       # exactly these flows; leave it out to check nothing

[[events]]
event = "participant_added"
instance = "wa-main"
participant = { type = "agent", name = "Ali" }
expect = []                         # the note is for e-mail only

[[events]]
event = "conversation_created"
instance = "wa-main"
conversation = "ours"               # a name, where there are several conversations
participant = { type = "agent", name = "Ali" }
expect = []                         # no welcome for a customer to whom we write first
""",
    "scenarios/agent-joins.toml": """\
name = "An agent joins a conversation by e-mail"

[[events]]
event = "conversation_created"
instance = "support-mail"
participant = { type = "contact", name = "Jane" }
expect = []

[[events]]
event = "participant_added"
instance = "support-mail"
participant = { type = "agent", name = "Ali" }
expect = ["note-for-new-agent"]

[events.expect_effects]             # what comes of it
notes = ["Ali has joined c-1 on Support mailbox."]

[[events]]
event = "participant_added"
instance = "support-mail"
participant = { type = "contact", name = "Omar" }
expect = []                         # customers need no note
""",
    # Last: a folder is a workspace once this is there.
    CONFIG_FILE: """\
name = "My workspace"

# The channels that you have installed: one [[instances]] for each number, page or mailbox.
[[instances]]
id = "wa-main"
channel = "whatsapp"
name = "Main number"
external_ids = []                   # what real events call it

[[instances]]
id = "support-mail"
channel = "email"
name = "Support mailbox"
""",
}


def init(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Create a small workspace in the folder ``path``, which is created too if need be; the files that were created.

    Nothing is ever overwritten. An ``init`` that was cut off can be repeated: what it made is there already then.
    Raises `WorkspaceError` if ``path`` is a workspace already, is not a folder, contains another file of the same name,
    or cannot be written to.
    """
    folder = Path(path)
    shown = os.fspath(path)
    try:
        if folder.exists() and not folder.is_dir():
            raise WorkspaceError(shown, "this is a file; a workspace is a folder")
        for file in reversed(FILES):
            if os.path.lexists(folder / file) and (file == CONFIG_FILE or not _is_made(folder / file, FILES[file])):
                look = shell_command("oncue", str(folder.absolute()))  # a relative one may have the name of a command
                raise WorkspaceError(shown, _taken(file), f"to look at it, run: {look}")
        for place in {(folder / file).parent for file in FILES}:
            remove_strays(place)
        return tuple(_make(folder / file, content) for file, content in FILES.items())
    except FileExistsError as error:
        raise WorkspaceError(shown, f"{error.filename2 or error.filename} is in the way") from None
    except OSError as error:
        raise WorkspaceError(shown, f"cannot be made: {describe_write_error(error)}") from None
    except ValueError as error:
        raise WorkspaceError(shown, describe_os_error(error)) from None


def _taken(file: str) -> str:
    return "this is a workspace already" if file == CONFIG_FILE else f"{file} is there already; nothing is overwritten"


def _is_made(path: Path, content: str) -> bool:
    try:
        return read_regular(os.fspath(path), len(content))[0] == content.encode()
    except (OSError, ValueError):
        return False


def _make(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not _is_made(path, content):
        replace_file(path, content.encode(), new=True)
    return path
