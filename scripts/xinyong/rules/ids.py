"""Ids: every system can hold the file, and no page needs the name itself."""

from __future__ import annotations

from collections.abc import Iterator

from xinyong.corpus import Entry
from xinyong.problems import Path, Problem
from xinyong.rules import Context, problem
from xinyong.source import ids


def ids_can_be(entry: Entry, context: Context) -> Iterator[Problem]:
    """X209, X210: no id, not even a former one, is a device's or a page's own, or too long."""
    former = ((("formerly", n), id_) for n, id_ in enumerate(entry.record.formerly or []))
    own: tuple[Path, str] = ((), entry.id)
    for path, id_ in (own, *former):
        trouble = ids.trouble(id_)
        if trouble:
            code, reason = trouble
            yield problem(entry, code, f"{reason}; choose another id", path)
