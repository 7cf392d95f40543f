from oncue.workbench.memo import Memo, same_objects


def test_the_same_objects_and_not_equal_ones() -> None:
    one, other = [1], [1]
    assert same_objects((one, None), (one, None))
    assert not same_objects((one,), (other,))
    assert not same_objects((one,), (one, one))
    assert same_objects((), ())


def test_a_value_is_made_once_for_each_key_and_again_when_an_input_is_another_object() -> None:
    made = 0

    def make() -> int:
        nonlocal made
        made += 1
        return made

    memo: Memo[int] = Memo()
    one, other = [1], [1]
    assert [memo.get("a", (one,), make), memo.get("a", (one,), make)] == [1, 1]
    assert memo.get("b", (one,), make) == 2
    assert memo.get("a", (other,), make) == 3
    assert memo.get("a", (one,), make) == 4, "only the latest is kept"
    assert memo.get("b", (one,), make) == 2
