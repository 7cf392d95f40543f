"""The text of a new ``workspace.toml``. One that exists is edited by nothing yet."""

from oncue.domain.paths import CONFIG_FILE
from oncue.domain.workspace import WorkspaceConfig
from oncue.storage.codec import config_values, decode_config
from oncue.storage.flow_text import check, encoded


def config_bytes(config: WorkspaceConfig) -> bytes:
    """The content of the file of ``config``. Raises `SaveError` if it would not read back as it is."""
    data = encoded(CONFIG_FILE, config_values(config))
    check(CONFIG_FILE, lambda: decode_config(data) == config)
    return data
