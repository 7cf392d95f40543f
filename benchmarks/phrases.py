"""What conditions on texts cost: run with ``python benchmarks/phrases.py``; ``benchmarks/matching.py`` shows it, too.

Flows with three phrases each, all on one key, answer messages of 15 words, with a phrase in every second message. One
floor is to fold and normalise the text alone. Everything takes turns in each round, and of everything the best round
counts, because other processes can only make it slower. Time is CPU time.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from random import Random
from time import process_time
from unicodedata import normalize

from oncue.domain.conditions import When
from oncue.domain.events import Event, Message
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.matching.phrases import PhraseIndex, Text

SYLLABLES = [first + second for first in "bcdfghklmnprstvwz" for second in "aeiou"]
TEXTS = {"plain": "", "with accents": "é"}
FLOWS = (10, 1_000, 10_000)
SIZES = (25_000, 50_000, 100_000)
MICRO = 1e6

Aim = tuple[str, float, str, bool]
"""What was measured, its figure, the limit in words, and whether the figure is within it."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--messages", type=int, default=200)
    options = parser.parse_args()
    show_phrases(options.rounds, options.messages)


def show_phrases(rounds: int = 31, count: int = 200) -> None:
    """Print the figures, then the aims."""
    aims: list[Aim] = []
    for name, accent in TEXTS.items():
        figures = measured(accent, count, rounds)
        print(f"texts {name}: 1 floor is {figures['floor'] * MICRO:.2f} us")
        for flows in FLOWS:
            print(f"  {3 * flows:6,} phrases: {figures[str(flows)]:8.1f} floors")
        print(f"  {3 * FLOWS[1]:6,} in turn: {figures['turn']:8.0f} floors, as bare substrings {figures['bare']:.0f}")
        middle = figures[str(FLOWS[1])]
        times = figures["bare"] / middle
        grown = figures[str(FLOWS[-1])] / figures[str(FLOWS[0])]
        aims += [
            (f"floors, texts {name}", middle, "at most 30 for 3,000 phrases", middle <= 30),
            (f"times as fast, texts {name}", times, "at least 40 times a loop over bare substrings", times >= 40),
            (f"growth, texts {name}", grown, "30,000 phrases at most 1.5 times 30", grown <= 1.5),
        ]
    index, text = PhraseIndex(phrases(3_000, "")), " ".join(words(30_000, 3, ""))
    took = {size: best(partial(index.find, text[:size]), 9) for size in SIZES}
    print("texts of " + ", ".join(f"{size:,} characters: {each * 1e3:.1f} ms" for size, each in took.items()))
    slope = took[SIZES[-1]] / took[SIZES[0]]
    aims.append(("growth with the text", slope, "linear: 4 times the text at most 5 times as long", slope <= 5))
    print()
    for name, figure, limit, holds in aims:
        print(f"{'ok  ' if holds else 'OVER'} {name:<34} {figure:>8.2f}   aim: {limit}")


def measured(accent: str, count: int, rounds: int) -> dict[str, float]:
    """The floor in seconds, and everything else in floors."""
    texts = messages(count, accent)
    events = [Event(event="message_created", channel="sms", message=Message(type="text", text=each)) for each in texts]
    rows: dict[str, Callable[[], float]] = {
        str(flows): partial(each_call, matcher_of(flows, accent).match, events) for flows in FLOWS
    }
    wanted = phrases(3 * FLOWS[1], accent)
    rows["bare"] = partial(each_call, partial(bare_substrings, wanted), texts[:2])
    took = dict.fromkeys(("floor", *rows), inf)
    for _ in range(rounds):
        for name, row in rows.items():
            took["floor"] = min(took["floor"], floor(texts))
            took[name] = min(took[name], row())
    figures = {name: took[name] / took["floor"] for name in rows} | {"floor": took["floor"]}
    figures["turn"] = each_call(partial(each_in_turn, wanted), texts[:2]) / took["floor"]
    return figures


def floor(texts: Sequence[str]) -> float:
    """Seconds for one text to be folded and normalised."""
    begin = process_time()
    for text in texts:
        normalize("NFKC", text).casefold()
    return (process_time() - begin) / len(texts)


def each_call(function: Callable[..., object], arguments: Sequence[object]) -> float:
    """Seconds for one call with one of the ``arguments``."""
    begin = process_time()
    for argument in arguments:
        function(argument)
    return (process_time() - begin) / len(arguments)


def matcher_of(flows: int, accent: str) -> Matcher:
    """The matcher of flows that all listen to one key, checked against looking for one phrase after the other."""
    wanted = phrases(3 * flows, accent)
    trigger = Trigger(event="message_created", channel="sms")
    made = [
        Flow(id=f"flow-{n:05}", name="Flow", trigger=trigger, when=When(text_any=tuple(wanted[3 * n : 3 * n + 3])))
        for n in range(flows)
    ]
    matcher = compile_matcher(Workspace(WorkspaceConfig(name="Benchmark"), {flow.id: flow for flow in made}))
    for text in messages(4, accent):
        found = each_in_turn(wanted[:30], text)
        event = Event(event="message_created", channel="sms", message=Message(type="text", text=text))
        assert matcher.match(event) == tuple(made[n].id for n in range(10) if any(found[3 * n : 3 * n + 3]))
    return matcher


def each_in_turn(wanted: list[str], text: str) -> list[bool]:
    """The same without an index."""
    inside = Text(text)
    return [inside.has(each) for each in wanted]


def bare_substrings(wanted: list[str], text: str) -> list[bool]:
    """Less than the same: without words, and without folding more than case."""
    folded = text.casefold()
    return [each in folded for each in wanted]


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
    begin = process_time()
    call()
    return process_time() - begin


if __name__ == "__main__":
    main()
