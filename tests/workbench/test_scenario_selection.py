import pytest
from tests.builders import scenario, workspace

from oncue.domain.problems import Code, Problem
from oncue.domain.workspace import Workspace
from oncue.errors import SelectionError
from oncue.workbench.scenario_selection import all_scenarios, select_scenarios, with_words

BROKEN = Problem("scenarios/broken.toml", "it is broken", Code.SYNTAX)
ALSO = Problem("scenarios/broken.toml", "in two ways", Code.SYNTAX)
OTHER = Problem("flows/broken.toml", "not a scenario", Code.SYNTAX)


def where() -> Workspace:
    found = {each.id: each for each in (scenario(name="new-customer"), scenario(name="away"))}
    return Workspace(workspace().config, {}, found, (BROKEN, OTHER, ALSO))


def test_unreadable_scenarios_are_among_them_with_all_their_problems() -> None:
    away, broken, new = all_scenarios(where()).values()
    assert (away.id, away.file, away.scenario, away.problems) == (
        "away",
        "scenarios/away.toml",
        where().scenarios["away"],
        (),
    )
    assert (broken.id, broken.scenario, broken.problems) == ("broken", None, (BROKEN, ALSO))
    assert new.id == "new-customer"


def test_each_is_selected_once_in_the_order_of_the_ids() -> None:
    assert [each.id for each in select_scenarios(["new-customer", "away", "new-customer"], where(), "acme")] == [
        "new-customer",
        "away",
    ]


def test_an_unknown_id_is_refused_with_the_nearest() -> None:
    with pytest.raises(SelectionError, match=r"no scenario 'awya' in acme; did you mean 'away'\?"):
        select_scenarios(["away", "awya"], where(), "acme")


@pytest.mark.parametrize(
    ("words", "ids"),
    [("", ["away", "broken", "new-customer"]), ("CUST new", ["new-customer"]), ("o", ["broken", "new-customer"])],
)
def test_words_are_looked_for_in_ids_and_names(words: str, ids: list[str]) -> None:
    assert [each.id for each in with_words(all_scenarios(where()).values(), words)] == ids
