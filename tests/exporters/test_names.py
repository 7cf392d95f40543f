"""What a target calls things: by the map first, then by external ids, and never by a guess."""

import pytest
from tests.analysis.states import CONFIG

from oncue.domain.values import replaced
from oncue.domain.workspace import Instance
from oncue.errors import ExportError
from oncue.exporters.names import Names

NUMBER = r"[0-9]{1,9}"


def instance(*external_ids: str) -> Instance:
    return replaced(CONFIG.instances[0], external_ids=external_ids)


@pytest.mark.parametrize(
    ("external_ids", "found"),
    [
        (("chatwoot:12",), "12"),
        (("chatwoot:12", "13"), "12"),
        (("+31", "13"), "13"),
        (("12", "13"), ""),  # which of them is not known
        (("chatwoot:x",), ""),
        ((), ""),
    ],
)
def test_external_ids(external_ids: tuple[str, ...], found: str) -> None:
    names = Names("chatwoot")
    assert names.instance(instance(*external_ids), NUMBER, "inbox id") == found
    if not found:
        with pytest.raises(ExportError, match="the inbox id of the instance 'wa-1'"):
            names.refuse_missing()


def test_the_map_comes_first() -> None:
    names = Names("chatwoot", {"instances": {"wa-1": 7}})
    assert names.instance(instance("chatwoot:12"), NUMBER, "inbox id") == "7"
    names.refuse_missing()


def test_a_name_in_the_map_that_cannot_be_one_is_missing() -> None:
    names = Names("chatwoot", {"instances": {"wa-1": "seven"}})
    assert names.instance(instance(), NUMBER, "inbox id") == ""
    with pytest.raises(ExportError):
        names.refuse_missing()
