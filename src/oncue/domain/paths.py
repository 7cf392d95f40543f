"""Where things lie in a workspace, as paths relative to its folder, and which id a path stands for.

A path is text with ``/`` between its parts on every platform, as problems, saves and drafts name files.
"""

CONFIG_FILE = "workspace.toml"
FLOWS = "flows"
SCENARIOS = "scenarios"
LISTS_OF_TABLES = ("steps", "events", "instances", "hours")
"""Keys of the files that hold a list of tables, each of which has a header in double brackets."""
_ENDING = ".toml"


def flow_file(flow_id: str) -> str:
    """The path of the flow's file."""
    return f"{FLOWS}/{flow_id}{_ENDING}"


def scenario_file(scenario_id: str) -> str:
    """The path of the scenario's file."""
    return f"{SCENARIOS}/{scenario_id}{_ENDING}"


def id_of(file: str) -> str:
    """The id that the name of ``file`` stands for, whichever folder it lies in."""
    return file.rpartition("/")[2].removesuffix(_ENDING)


def is_of_flows(file: str) -> bool:
    """Whether ``file`` lies in the folder of flows, or is that folder."""
    return file.partition("/")[0] == FLOWS


def is_of_scenarios(file: str) -> bool:
    """Whether ``file`` lies in the folder of scenarios, or is that folder."""
    return file.partition("/")[0] == SCENARIOS
