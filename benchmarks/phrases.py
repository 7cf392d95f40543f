"""What conditions on texts cost: run with ``python benchmarks/phrases.py``.

Flows with three phrases each, all on one key, answer messages of 15 words, one of which begins a phrase in every second
message. The floor is to fold and normalise the text alone. Aims: at most 30 floors for 1,000 flows; at least 40 times
faster than to look for each phrase in turn; from 30 to 30,000 phrases at most 1.5 times as long; 100 kB in linear time.
"""

import argparse
from collections.abc import Callable
from functools import partial
from random import Random
from time import perf_counter
from unicodedata import normalize

from oncue.domain.conditions import When
from oncue.domain.events import Event, Message
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.candidates import Candidates, Decision
from oncue.matching.occasions import Known
from oncue.matching.phrases import PhraseIndex, Text

CONFIG = WorkspaceConfig(name="Benchmark")
SYLLABLES = [first + second for first in "bcdfghklmnprstvwz" for second in "aeiou"]
MICRO = 1e6
KNOWN = Known()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--messages", type=int, default=500)
    options = parser.parse_args()
    for name, accent in (("ASCII", ""), ("with accents", "é")):
        show(name, accent, options.messages, options.rounds)
    index = PhraseIndex(phrases(3_000, ""))
    text = " ".join(words(20_000, 3, ""))
    for size in (25_000, 50_000, 100_000):
        print(f"a text of {size:,} characters: {best(partial(index.find, text[:size]), 3) * 1e3:.1f} ms")


def show(name: str, accent: str, count: int, rounds: int) -> None:
    """The figures for messages of one kind."""
    texts = messages(count, accent)
    events = [Event(event="message_created", message=Message(type="text", text=each)) for each in texts]
    floor = best(lambda: [normalize("NFKC", each).casefold() for each in texts], rounds) / count
    print(f"{name}: floor {floor * MICRO:.2f} us")
    for flows in (10, 1_000, 10_000):
        wanted = phrases(3 * flows, accent)
        candidates = Candidates(
            {f"f-{n}": When(text_any=tuple(wanted[3 * n : 3 * n + 3])) for n in range(flows)},
        )
        took = best(partial(decide_all, candidates, events), rounds) / count
        print(f"  {3 * flows:6,} phrases: {took * MICRO:.1f} us, {took / floor:.0f} floors")
        if flows == 1_000:
            turn = best(partial(each_in_turn, wanted, texts[:3]), 1) / 3
            plain = best(partial(bare_substrings, wanted, texts[:3]), 3) / 3
            print(
                f"          each in turn: {turn / took:,.0f} times as long; as bare substrings {plain / took:.0f} times"
            )


def decide_all(candidates: Candidates, events: list[Event]) -> list[Decision]:
    """What is measured."""
    return [candidates.decide(each, CONFIG, KNOWN) for each in events]


def each_in_turn(wanted: list[str], texts: list[str]) -> list[list[bool]]:
    """The same without an index."""
    return [[Text(text).has(each) for each in wanted] for text in texts]


def bare_substrings(wanted: list[str], texts: list[str]) -> list[list[bool]]:
    """Less than the same: without words, and without folding more than case."""
    return [[each in text.casefold() for each in wanted] for text in texts]


def phrases(count: int, accent: str) -> list[str]:
    """Phrases of one to three words, the first of which no message has by chance; the same first for every count."""
    rest = words(count * 2, 1, accent)
    return [" ".join((f"q{rest[n]}{n}", *rest[2 * n : 2 * n + n % 3])) for n in range(count)]


def messages(count: int, accent: str) -> list[str]:
    """Messages of 15 words, with one of the first 30 phrases in every second one."""
    pool, wanted = words(2_000, 2, accent), phrases(30, accent)
    random = Random(4)
    found = []
    for number in range(count):
        text = random.choices(pool, k=15)
        if number % 2:
            text[3] = wanted[number % 30]
        found.append(" ".join(text) + ".")
    return found


def words(count: int, seed: int, accent: str) -> list[str]:
    """Pronounceable words."""
    random = Random(seed)
    return ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) + accent for _ in range(count)]


def best(call: Callable[[], object], rounds: int) -> float:
    """The seconds of the quickest of ``rounds``."""
    return min(seconds(call) for _ in range(rounds))


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = perf_counter()
    call()
    return perf_counter() - begin


if __name__ == "__main__":
    main()
