"""Which findings are wanted."""

from oncue.domain.workspace import CheckSettings
from oncue.linting.selection import Selection


def test_everything_by_default() -> None:
    assert Selection.of(CheckSettings()).wants("OC406")


def test_by_code_and_by_how_codes_begin() -> None:
    chosen = Selection.of(CheckSettings(select=("OC3", "OC406"), ignore=("OC305",)))
    assert [code for code in ("OC301", "OC305", "OC406", "OC407") if chosen.wants(code)] == ["OC301", "OC406"]


def test_what_is_asked_for_now_comes_before_the_settings() -> None:
    settings = CheckSettings(select=("OC3",), ignore=("OC305",))
    chosen = Selection.of(settings, select=("OC4", "OC305"), ignore=("OC401",))
    assert [code for code in ("OC301", "OC305", "OC401", "OC402") if chosen.wants(code)] == ["OC402"]
