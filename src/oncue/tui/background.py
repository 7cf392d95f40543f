"""Work beside the messages: coroutines in workers of Textual, which end with the node that they belong to."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker

Work = Callable[[], Coroutine[Any, Any, object]]


def in_background(node: DOMNode, work: Work, *, group: str = "default", exclusive: bool = False) -> Worker[Any]:
    """Run ``work`` in a worker of ``node``; ``exclusive`` cancels the others of the same node and group.

    The worker gets the function and not its coroutine, which nobody would await if the app ended before it started.
    """
    function: Any = work  # Textual's types cannot tell which of its overloads an async function is
    return node.run_worker(function, group=group, exclusive=exclusive)
