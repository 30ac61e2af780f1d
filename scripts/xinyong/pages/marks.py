"""Small marks: the layer of a program, the verdict on a claim, badges, standings."""

from __future__ import annotations

from markupsafe import Markup

from xinyong.corpus import STANDINGS
from xinyong.records import Claim, Record
from xinyong.records import vocabularies as tables
from xinyong.records.vocabularies import Vocabulary
from xinyong.words import SCRIPTS, STANDING, cached


@cached
def layer_mark(layer: str) -> Markup:
    """Return the small mark of a layer: its first letter, with its name as a tooltip."""
    label = tables.LAYER[layer].label
    html = '<abbr class="xy-mark" data-layer="{}" title="{}">{}</abbr>'
    return Markup(html).format(layer, SCRIPTS["layer-mark"].format(layer=label), label[0])


def verdict(record: Record) -> Markup:
    """Return what the evidence makes of a claim, whose name is a statement; empty for other records."""
    if not isinstance(record, Claim):
        return Markup("")
    label = tables.ASSESSMENT[record.assessment].label.lower()
    return Markup(' <span class="xy-judged" data-assessment="{}">({})</span>').format(
        record.assessment, label
    )


@cached
def badge(table: Vocabulary, name: str, value: str) -> Markup:
    """Return a value of a vocabulary as a badge in the colours of ``name``."""
    html = '<span class="xy-badge" data-{}="{}" title="{}">{}</span>'
    return Markup(html).format(name, value, table[value].meaning, table[value].label)


@cached
def term(table: Vocabulary, value: str) -> Markup:
    """Return a value of a vocabulary, with its definition as a tooltip."""
    return Markup('<span class="xy-value" title="{}">{}</span>').format(
        table[value].meaning, table[value].label
    )


@cached
def standing_mark(key: str) -> Markup:
    """Render a standing as a mark and words, with what it means as a tooltip."""
    mark, words = STANDING[key]
    html = '<span class="xy-standing xy-standing--{}" title="{}"><span aria-hidden="true">{}</span> {}</span>'
    return Markup(html).format(key, STANDINGS[key], mark, words)
