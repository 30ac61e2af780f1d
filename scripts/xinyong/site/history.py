"""What a site would lack where git does not give its history: told, and refused where it matters.

Dated addresses, the pages of what changed and the feeds are made from the history. A site without
them that is put in the place of one that has them breaks addresses which were promised for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from xinyong.corpus import Corpus
from xinyong.history import read as reading
from xinyong.history.git import Lack
from xinyong.history.known import Known
from xinyong.history.lines import History
from xinyong.problems import Problem

Demand = Literal["whole", "known", "none"]
"""What is asked of the history: ``whole``, no site without it, as where one is published;
``known``, none without a history that could be had, but one where there is no git at all, as in an
unpacked archive; ``none``, git is not asked."""

MISSING = "so that the site lacks dated addresses, the pages of what changed and feeds"

_ERRORS: Mapping[Lack, str] = {
    "shallow": "X901",
    "refused": "X902",
    "partial": "X903",
    "damaged": "X903",
}
"""Where there is a history that could be had, a build without it is refused."""


def read(
    root: Path,
    corpus: Corpus,
    demand: Demand = "known",
    known: Known | None = None,
) -> tuple[History, list[Problem]]:
    """Read the history of the corpus in the folder ``root``, and say what is wrong with it.

    What is ``known`` of files of the past is not found out again.
    The problems are errors where the site is not to be built.
    """
    if demand == "none":
        message = f"the history is left out, as --no-history asks, {MISSING}; leave that option out"
        return History(lack="left-out"), [Problem("X952", f"{message} to have them", str(root))]
    history = reading.read(root, corpus, known)
    if not history.lack:
        return history, []
    what, _, todo = history.why.rpartition("; ")
    if history.lack in _ERRORS:
        message = f"{what}, {MISSING}; {todo}, or build without them with --no-history"
        return history, [Problem(_ERRORS[history.lack], message, str(root))]
    code = "X904" if demand == "whole" else "X951"
    return history, [Problem(code, f"{what}, {MISSING}; {todo} to have them", str(root))]
