"""The one place that holds the state and changes it; whoever shows it or keeps it subscribes.

Subscribers are called once for each change, with the state before and after it, in the order in which the changes
were made: a change that a subscriber makes itself waits until everybody knows of the one before it. What cannot be
done raises `EditError` or `ImpossibleEvent`, changes nothing, and is for the caller to show.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from oncue.domain.workspace import Workspace
from oncue.editing.session import Session
from oncue.workbench.findings import Findings
from oncue.workbench.scenario_standings import Standings
from oncue.workbench.simulator import Simulator
from oncue.workbench.state import State
from oncue.workbench.unfinished import Slot

Listener = Callable[[State, State], None]
"""Gets the state before a change and the state after it."""


class Store:
    """Holds the state, from `State.start` on."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._listeners: list[Listener] = []
        self._changes: deque[tuple[State, State]] = deque()
        self._notifying = False
        self._told: list[Callable[[], None]] = []

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._state

    @property
    def session(self) -> Session:
        """The editing session as it is now."""
        return self._state.session

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each change, until what this returns is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def when_told(self, call: Callable[[], None]) -> None:
        """Call ``call`` whenever everybody has been told of a change, and of all changes that followed from it."""
        self._told.append(call)

    # Editing

    def edit(
        self,
        label: str,
        change: Callable[[Workspace], Workspace],
        touched: Iterable[str],
        *,
        selected: str | None = None,
        merge: str | None = None,
        derived: tuple[str, str] | None = None,
    ) -> None:
        """Make an edit that can be undone. Raises `EditError`; the parameters are those of `Session.edit`."""
        workspace = change(self.session.workspace)
        self.resume(self.session.edit(label, workspace, touched, selected, merge, derived))

    def keep_text(self, flow_id: str, at: Slot, text: str) -> None:
        """Keep what was typed for a step or condition, as not all of it may be a value yet."""
        self._set(self._state.with_text(flow_id, at, text))

    def restore(self, session: Session, texts: Mapping[tuple[str, Slot], str]) -> None:
        """Continue with a session to which unsaved work was restored, and with what was typed in it."""
        self._set(self._state.after(session).with_texts(texts))

    def undo(self) -> str | None:
        """Undo the last edit; returns its label, or ``None`` if there is none."""
        label = self.session.undo_label
        self.resume(self.session.undo())
        return label

    def redo(self) -> str | None:
        """Redo the edit that was undone last; returns its label, or ``None`` if there is none."""
        label = self.session.redo_label
        self.resume(self.session.redo())
        return label

    def open(self, flow_id: str) -> None:
        """Open a flow, and end a run of typing."""
        self.resume(self.session.settle().select(flow_id))

    def settle(self) -> None:
        """End a run of typing: the next edit of the same field can be undone on its own."""
        self.resume(self.session.settle())

    # The simulator

    def simulate(self, change: Callable[[Simulator], Simulator]) -> None:
        """Change the simulator. Raises `ImpossibleEvent`."""
        self._set(self._state.simulating(change))

    def show_standings(self, standings: Standings) -> None:
        """Take over how the scenarios stand."""
        if standings is not self._state.standings:
            self._set(replace(self._state, standings=standings))

    def show_findings(self, findings: Findings) -> None:
        """Take over what the linter found."""
        if findings is not self._state.findings:
            self._set(replace(self._state, findings=findings))

    def forget_findings(self) -> None:
        """Let the linter be asked again, as comments in the files may be others."""
        self.show_findings(replace(self._state.findings, checked=None))

    # What is on disk

    def adopt(self, saved: Session) -> None:
        """Take over what is on disk now; edits that were made while it was saved stay unsaved."""
        self.resume(self.session.adopted(saved))

    def adopt_scenarios(self, saved: Workspace) -> None:
        """Take over the scenarios that are on disk now; they are never edited here."""
        edited, before = self.session.workspace, self.session.saved
        scenarios = saved.scenarios
        self.resume(
            replace(
                self.session,
                workspace=replace(edited, scenarios=scenarios),
                saved=replace(before, scenarios=scenarios),
            )
        )

    def reload(self, fresh: Workspace, drop: str | None = None) -> None:
        """Continue with what is on disk now; unsaved edits stay, except those of the flow ``drop``."""
        self._set(self._state.reloaded(fresh, drop))

    def resume(self, session: Session) -> None:
        """Continue with a session that was made from the current one."""
        self._set(self._state.after(session))

    def _set(self, state: State) -> None:
        if state is self._state:
            return
        self._changes.append((self._state, state))
        self._state = state
        if not self._notifying:
            self._notify()

    def _notify(self) -> None:
        self._notifying = True
        try:
            while self._changes:
                before, after = self._changes.popleft()
                for listener in tuple(self._listeners):
                    if listener in self._listeners:  # an earlier one may have unsubscribed it
                        listener(before, after)
        finally:
            self._notifying = False
        for call in self._told:
            call()
