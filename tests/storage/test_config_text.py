"""A new `workspace.toml` reads back as what it was made of."""

import pytest
from tests.analysis.states import CONFIG

from oncue.domain.values import replaced
from oncue.domain.workspace import SimulationSettings, WorkspaceConfig
from oncue.errors import SaveError
from oncue.storage.codec import decode_config
from oncue.storage.config_text import config_bytes

ODD = WorkspaceConfig(name='a "b"\n\\ \u202e', channels={"kiosk": "Dock\t4"}, instances=CONFIG.instances)
STRICT = replaced(CONFIG, simulation=SimulationSettings(max_events_per_cascade=7))


@pytest.mark.parametrize("config", [CONFIG, ODD, STRICT, WorkspaceConfig(name="x")], ids=range(4))
def test_it_reads_back(config: WorkspaceConfig) -> None:
    assert decode_config(config_bytes(config)) == config


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(SaveError):
        config_bytes(WorkspaceConfig(name="half \ud800"))


def test_dates_are_dates() -> None:
    assert any(each.closed_on for each in CONFIG.hours)
    assert b"closed_on = [2026-01-05]" in config_bytes(CONFIG)
