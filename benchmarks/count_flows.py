"""Count the flows that a recording starts: the script that `recordings.py` measures beside ``oncue match``.

    python benchmarks/count_flows.py WORKSPACE EVENTS

It is what people write who want numbers and not answers, with nothing but the public names of oncue; a test checks
it with ``mypy --strict``.
"""

import sys
from collections import Counter

from oncue import OncueError, Problem, Recording, compile_matcher, load_workspace


def count_flows(folder: str, file: str) -> Counter[str]:
    """How often each flow of the workspace in ``folder`` is started by the events in ``file``."""
    matcher = compile_matcher(load_workspace(folder))
    started: Counter[str] = Counter()
    problems: list[Problem] = []
    for event in Recording(file, on_problem=problems.append):
        started.update(matcher.match(event))
    for problem in problems:
        print(problem, file=sys.stderr)
    return started


if __name__ == "__main__":
    try:
        for flow_id, count in count_flows(sys.argv[1], sys.argv[2]).most_common():
            print(f"{count:8,}  {flow_id}")
    except OncueError as error:
        sys.exit(str(error))
