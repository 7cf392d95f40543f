"""Mend flows in a workspace that was loaded: the edits of a session, which are saved as any other edits are."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from oncue.domain.paths import id_of, is_of_flows
from oncue.domain.problems import Problem
from oncue.editing.session import Session
from oncue.linting.fixes import fixed
from oncue.storage.loader import Loaded


def fixes_for(loaded: Loaded, problems: Iterable[Problem]) -> Session:
    """A session in which those of ``problems``, in order of their files, are mended that can be."""
    session = Session.start(loaded.workspace)
    for file, of_file in groupby(problems, key=attrgetter("file")):
        flow = loaded.workspace.flows.get(id_of(file)) if is_of_flows(file) else None
        if flow is not None and (mended := fixed(flow, of_file, loaded.workspace.config)) != flow:
            session = session.edit(f"Mend {flow.id}", session.workspace.with_flow(mended), [flow.id])
    return session
