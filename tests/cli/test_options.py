import click
import pytest
from click.shell_completion import CompletionItem

from oncue.cli.options import PARTICIPANT, OneOf

SHORT = OneOf({"text": "for people", "json": "for programs"})
LONG = OneOf({f"value-number-{number}": "" for number in range(5)})
PARAMETER = click.Option(["--format"])


def context() -> click.Context:
    return click.Context(click.Command("x"))


def test_a_value_of_the_vocabulary_is_taken() -> None:
    assert SHORT.convert("json", PARAMETER, context()) == "json"


def test_any_other_is_refused_with_the_nearest() -> None:
    with pytest.raises(click.BadParameter, match=r"'jsn' is not a known value; did you mean 'json'\?"):
        SHORT.convert("jsn", PARAMETER, context())


def test_all_values_are_listed_however_many() -> None:
    many = OneOf({f"value-{number}": "" for number in range(20)})
    with pytest.raises(click.BadParameter, match=r"expected one of: value-0, .*, value-19$"):
        many.convert("x", PARAMETER, context())


def test_help_shows_choices_that_are_short() -> None:
    assert SHORT.get_metavar(PARAMETER) == "[text|json]"
    assert LONG.get_metavar(PARAMETER) == "FORMAT"


def test_completion_shows_what_each_means() -> None:
    (item,) = SHORT.shell_complete(context(), PARAMETER, "j")
    assert isinstance(item, CompletionItem)
    assert (item.value, item.help) == ("json", "for programs")


def test_labels_are_understood_and_keys_completed() -> None:
    assert PARTICIPANT.convert("Api-Key", PARAMETER, context()) == "access_key"
    assert [item.value for item in PARTICIPANT.shell_complete(context(), PARAMETER, "a")] == [
        "agent",
        "access_key",
        "automation",
    ]


def test_what_is_neither_key_nor_label_is_refused_with_both() -> None:
    with pytest.raises(
        click.BadParameter, match=r"'campain' is not a known value; did you mean 'connector' \(Campaign\)\?"
    ):
        PARTICIPANT.convert("campain", PARAMETER, context())
