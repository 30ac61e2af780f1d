"""All changes of all records as JSON, one line a record and day.

So two editions can be compared by line.
"""

from __future__ import annotations

from typing import Any

from xinyong.exports.files import dumped
from xinyong.history.changes import Change, Part
from xinyong.history.lines import History, Line, State


def changes(history: History, base: str) -> str:
    """Return a JSON list, the newest day first.

    It gives date, time, record, what became of it, its address, its changes. ``base`` is the
    address of the site. A change has ``field``, ``what`` (added, removed, changed), ``parts`` with
    ``name``, ``before`` and ``after``, and ``entry`` where the parts do not say which entry of the
    field it is.
    """
    rows = []
    for states in history.days.values():
        rows += [dumped(_row(line, state, base)) for line, state in states]
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _row(line: Line, state: State, base: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "date": state.day.isoformat(),
        "time": state.time,
        "kind": line.kind,
        "id": line.id,
        "became": state.became,
        "url": base + line.address(state),
    }
    if state.became == "renamed":
        row["before"] = line.before
    if state.became == "removed" and line.after:
        row["after"] = line.after
    return row | {"blob": state.blob, "changes": [_change(change) for change in state.changes]}


def _change(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {"field": change.field, "what": change.what}
    if change.lead:
        row["entry"] = change.lead
    row["parts"] = [_part(part) for part in change.parts]
    return row


def _part(part: Part) -> dict[str, str]:
    return {"name": part.name, "before": "; ".join(part.before), "after": "; ".join(part.after)}
