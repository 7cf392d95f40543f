"""``oncue diff --format json``: one object with every change, every group, and what else differs."""

from collections.abc import Callable
from typing import Any

from oncue.analysis.cover import cover
from oncue.cli.output.compared import Compared
from oncue.cli.output.json_stream import JsonStream
from oncue.workbench.json_values import problem_json
from oncue.workbench.regions import region_json
from oncue.workbench.witness_words import witness_json


def write_diff_json(compared: Compared, write: Callable[[bytes], object]) -> None:
    """Write it in pieces."""
    difference, shown = compared.difference, compared.shown
    stream = JsonStream(write)
    stream.member("old", compared.names[0])
    stream.member("new", compared.names[1])
    stream.member("same_decisions", not difference.changes)
    stream.member("kinds", compared.kinds)
    stream.member("size", difference.size)
    stream.begin_list("changes")
    for change, cells, example in shown.changes():
        stream.item(
            {
                **_label(change.label._asdict()),
                "where": change.where,
                "size": change.size,
                "cells": region_json(cells, shown.config(change.where)),
                "witness": None if example.witness is None else witness_json(example.witness),
                "example": example.example,
            }
        )
    stream.end_list()
    stream.begin_list("groups")
    for group in compared.groups:
        stream.item(
            {
                "size": group.size,
                "where": group.where,
                "flows": [_label(label._asdict()) for label in group.labels],
                "cells": region_json(cover(difference.new, group.keys), shown.config(group.where)),
            }
        )
    stream.end_list()
    stream.member("others", [{"what": each.what, "where": each.where} for each in compared.others])
    stream.member("unread", [{"workspace": name, **problem_json(problem)} for name, problem in compared.unread])
    stream.close()


def _label(label: dict[str, Any]) -> dict[str, Any]:
    return {"flow": label.pop("flow_id"), **label}
