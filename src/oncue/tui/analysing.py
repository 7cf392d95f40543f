"""Showing what the analysis finds, in dialogs that lead back to the flows.

The analysis is imported only here and when it is asked for, as it is not needed for the first paint.
"""

from textual.app import App

from oncue.tui.messages import Open
from oncue.workbench.state import State


async def show_coverage(app: App[int], state: State) -> Open | None:
    """Show which flows answer which events; the flow that the user wants to open. To be called from a worker."""
    from oncue.analysis.coverage import coverage
    from oncue.tui.modals.coverage import CoverageDialog, Found
    from oncue.workbench.coverage_picture import pictures

    def compute() -> Found:
        found = coverage(state.workspace)
        return found, pictures(found)

    return await app.push_screen_wait(CoverageDialog(compute, state.session.selected))


async def show_causes(app: App[int], state: State) -> Open | None:
    """Show what starts the open flow and what it starts; what the user wants to open. To be called from a worker."""
    from oncue.tui.modals.causes import CausesDialog
    from oncue.workbench.cause_graph import CauseGraph

    flow = state.flow
    if flow is None:
        return None
    return await app.push_screen_wait(CausesDialog(flow.name, lambda: CauseGraph(state.workspace, flow.id)))
