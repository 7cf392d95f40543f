import gc
from collections.abc import Iterator

import pytest

from oncue.cli.startup import pause_collector, resume_collector


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def test_the_collector_pauses_and_leaves_alone_what_was_made_meanwhile() -> None:
    pause_collector()
    assert not gc.isenabled()
    resume_collector()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_a_collector_that_runs_is_left_as_it_is() -> None:
    frozen = gc.get_freeze_count()
    resume_collector()
    assert gc.isenabled()
    assert gc.get_freeze_count() == frozen
