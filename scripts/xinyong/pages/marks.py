"""Small marks: the layer of a program, the verdict on a claim, badges, standings.

Each stands on nearly every page, so it is kept, in each language.
"""

from __future__ import annotations

from markupsafe import Markup

from xinyong.pages.environment import macro
from xinyong.records import Claim, Record
from xinyong.records import vocabularies as tables
from xinyong.records.vocabularies import Vocabulary
from xinyong.words import cached


@cached
def layer_mark(layer: str) -> Markup:
    """Return the small mark of a layer: its first letter, with its name as a tooltip."""
    return macro("_marks.html.j2", "layer")(layer, tables.LAYER[layer].label)


def verdict(record: Record) -> Markup:
    """Return what the evidence makes of a claim; empty for other records."""
    return _verdict(record.assessment) if isinstance(record, Claim) else Markup("")


@cached
def _verdict(assessment: str) -> Markup:
    return macro("_marks.html.j2", "verdict")(assessment, tables.ASSESSMENT[assessment].label)


@cached
def badge(table: Vocabulary, name: str, value: str) -> Markup:
    """Return a value of a vocabulary as a badge in the colours of ``name``."""
    return macro("_marks.html.j2", "badge")(name, value, table[value])


@cached
def term(table: Vocabulary, value: str) -> Markup:
    """Return a value of a vocabulary, with its definition as a tooltip."""
    return macro("_marks.html.j2", "term")(table[value])


@cached
def defined(table: Vocabulary, value: str) -> Markup:
    """Return a value of a vocabulary, followed by its definition."""
    return macro("_marks.html.j2", "defined")(table[value])


@cached
def standing_mark(key: str) -> Markup:
    """Render a standing as a mark and words, with what it means as a tooltip."""
    return macro("_marks.html.j2", "standing")(key)


@cached
def quiet_mark(key: str) -> Markup:
    """Render a standing as its mark alone, named for screen readers and as a tooltip."""
    return macro("_marks.html.j2", "quiet")(key)


@cached
def weak_mark(key: str) -> Markup:
    """Render a standing as its mark, and say that the fact rests on weak sources alone."""
    return macro("_marks.html.j2", "weak")(key)


@cached
def weak_note() -> Markup:
    """Say, behind a standing in words, that the fact rests on weak sources alone."""
    return macro("_marks.html.j2", "weak_note")()
