"""The name under which a conversation is saved as a scenario."""

from oncue.domain.paths import scenario_file
from oncue.domain.workspace import Workspace


def problem_with_name(name: str, workspace: Workspace) -> str | None:
    """Why a new scenario cannot get ``name``; ``None`` if it can.

    Two of one name could not be told apart in any list, so spaces around it and the case of letters make no difference.
    """
    wanted = name.strip().casefold()
    if not wanted:
        return "a scenario needs a name"
    same = next((each for each in workspace.scenarios.values() if each.name.strip().casefold() == wanted), None)
    return None if same is None else f"{scenario_file(same.id)} has that name already"
