"""Work in workers."""

import asyncio

import pytest
from textual.app import App
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.widgets import Label
from textual.worker import WorkerFailed

from oncue.tui.background import in_background


async def test_work_is_done_beside_the_messages() -> None:
    app: App[None] = App()
    async with app.run_test():
        done: list[int] = []

        async def work(number: int = 1) -> None:
            await asyncio.sleep(0)
            done.append(number)

        await in_background(app, work).wait()
        assert done == [1]


async def test_exclusive_work_takes_the_place_of_the_one_before_it() -> None:
    app: App[None] = App()
    async with app.run_test():

        async def forever() -> None:
            await asyncio.Event().wait()

        first = in_background(app, forever, group="one")
        second = in_background(app, forever, group="one", exclusive=True)
        assert first.is_cancelled
        assert not second.is_cancelled
        second.cancel()


async def test_work_that_comes_when_the_app_ends_leaves_nothing_behind() -> None:
    """A coroutine that nobody awaits would be a warning, which is an error here."""
    app: App[None] = App()
    async with app.run_test():
        app.exit()

        async def work() -> None:
            raise AssertionError("it is too late")

        in_background(app, work)


async def test_work_that_looks_for_what_is_removed_with_its_node_just_ends() -> None:
    app: App[None] = App()
    async with app.run_test():
        node, inside, found = Vertical(Label()), asyncio.Event(), asyncio.Event()
        await app.mount(node)

        async def work() -> None:
            inside.set()
            await found.wait()
            node.query_one(Label)

        worker = in_background(node, work)
        await inside.wait()
        await node.query_one(Label).remove()
        node._pruning = True  # as Textual does when the removal of a node begins
        found.set()
        assert await worker.wait() is None


async def test_work_that_looks_for_what_never_was_there_is_a_bug() -> None:
    app: App[None] = App()
    with pytest.raises((NoMatches, WorkerFailed)):
        async with app.run_test():

            async def work() -> None:
                app.query_one(Label)

            await in_background(app, work).wait()
