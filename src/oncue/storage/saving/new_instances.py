"""Add instances to ``workspace.toml``: below those that are there, and every comment stays."""

from collections.abc import Iterable

from oncue.domain.paths import CONFIG_FILE
from oncue.domain.plain import as_plain
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.errors import SaveError, SaveWarning, UnreadableError
from oncue.storage.codec import decode_config
from oncue.storage.loader import Loaded
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.saving.transaction import Change, carry_out, exclusive
from oncue.storage.toml.blocks import blocks, replace_blocks
from oncue.storage.toml.spans import newline_of
from oncue.storage.toml.write import block


def instance_block(instance: Instance) -> str:
    """The ``[[instances]]`` table of ``instance``, to be read or pasted."""
    return block("instances", as_plain(instance, exclude_defaults=True)).strip("\n")


def add_instances(loaded: Loaded, instances: Iterable[Instance]) -> tuple[SaveError, ...]:
    """Add ``instances`` to the workspace's file; what is to be said of it. Raises `SaveError`."""
    added = tuple(instances)
    with exclusive(loaded.folder) as safety:
        on_disk = OnDisk.read(loaded.folder, CONFIG_FILE)
        before = decode_config(on_disk.data or b"")
        after = _with(on_disk.data or b"", added)
        if not _reads_back(after, replaced(before, instances=(*before.instances, *added))):
            raise SaveError(CONFIG_FILE, "instances cannot be added to a file that is written like this")
        outcome = carry_out(loaded.folder, safety, [Change(on_disk, after)])
    for error in outcome.errors:
        if not isinstance(error, SaveWarning):
            raise error
    return outcome.errors


def _reads_back(data: bytes, config: WorkspaceConfig) -> bool:
    try:
        return decode_config(data) == config
    except UnreadableError:  # the instances are written as one list in brackets, say
        return False


def _with(data: bytes, added: tuple[Instance, ...]) -> bytes:
    text = data.decode()
    spans = blocks(text, "instances")
    bodies = [text[start:end] for start, end in spans]
    new = [instance_block(each).replace("\n", newline_of(text)) for each in added]
    return replace_blocks(text, spans, [*bodies, *new]).encode()
