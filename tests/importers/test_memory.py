from time import process_time

from oncue.importers.memory import Memory
from oncue.importers.recorded import RecordedEvent
from oncue.importers.repeats import Repeats


def test_only_what_was_set_last_is_remembered() -> None:
    memory: Memory[int, str] = Memory(2)
    for number in (1, 2, 1, 3):
        memory.set(number, str(number))
    assert [memory.get(number) for number in (1, 2, 3)] == ["1", None, "3"]
    assert not memory.add(3, "other")
    assert memory.get(3) == "3"


def test_redeliveries_are_told_by_provider_and_id() -> None:
    repeats = Repeats(2)

    def is_repeated(provider: str, number: str | None) -> bool:
        return repeats.is_repeated(RecordedEvent("participant_added", id=number, provider=provider))

    assert [is_repeated("slack", "1"), is_repeated("matrix", "1"), is_repeated("slack", "1")] == [False, False, True]
    assert not any(is_repeated("slack", None) for _ in range(2))
    assert [is_repeated("slack", "2"), is_repeated("slack", "3"), is_repeated("slack", "1")] == [False] * 3


def test_forgetting_costs_as_little_as_remembering() -> None:
    def seconds(memory: Memory[int, None], numbers: range) -> float:
        started = process_time()
        for number in numbers:
            memory.set(number, None)
        return process_time() - started

    memory: Memory[int, None] = Memory(20_000)
    remembering = seconds(memory, range(20_000))
    assert seconds(memory, range(20_000, 60_000)) < 2 * 6 * remembering
