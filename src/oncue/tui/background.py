"""Work beside the messages: coroutines in workers of Textual, which end with the node that they belong to."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.css.query import QueryError
from textual.dom import DOMNode, NoScreen
from textual.worker import Worker

from oncue.tui.framework.removal import is_being_removed

Work = Callable[[], Coroutine[Any, Any, object]]


def in_background(node: DOMNode, work: Work, *, group: str = "default", exclusive: bool = False) -> Worker[Any]:
    """Run ``work`` in a worker of ``node``; ``exclusive`` cancels the others of the same node and group.

    The worker gets a function and not its coroutine, which nobody would await if the app ended before it started.

    A node that is removed loses what is in it first and its workers then. Work that goes on in between, as when a
    thread has its result, may look for a widget that is gone, which ends it and nothing else.
    """

    async def until_removed() -> object:
        try:
            return await work()
        except (QueryError, NoScreen):
            if not is_being_removed(node):
                raise
            return None

    function: Any = until_removed  # Textual's types cannot tell which of its overloads an async function is
    return node.run_worker(function, group=group, exclusive=exclusive)
