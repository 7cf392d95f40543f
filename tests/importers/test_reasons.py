from collections import Counter

from oncue.importers.reasons import by_reason, count_skipped


def test_kinds_are_counted_up_to_a_limit() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for number in range(10):
        count_skipped(counts, "a receipt", str(number % 4), most=2)
    assert counts == {("a receipt", "0"): 3, ("a receipt", "1"): 3, ("a receipt", "other kinds"): 4}


def test_reasons_come_in_the_order_of_their_counts_and_name_their_first_kinds() -> None:
    counts: Counter[tuple[str, str]] = Counter({("typing", ""): 2})
    for number in range(6):
        count_skipped(counts, "a receipt", f"kind {number}")
    kinds = "kind 0 (1), kind 1 (1), kind 2 (1), kind 3 (1), 2 more kinds"
    assert list(by_reason(counts)) == [("a receipt", 6, kinds), ("typing", 2, "without a name (2)")]
