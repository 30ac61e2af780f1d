"""Small marks: the layer of a program, the verdict on a claim, badges, standings."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from xinyong.pages.environment import macros
from xinyong.records import Claim, Record
from xinyong.records import vocabularies as tables
from xinyong.records.vocabularies import Vocabulary
from xinyong.words import current_language


def layer_mark(layer: str) -> Markup:
    """Return the small mark of a layer: its first letter, with its name as a tooltip."""
    return _layer_mark(layer, current_language())


def verdict(record: Record) -> Markup:
    """Return what the evidence makes of a claim; empty for other records."""
    if not isinstance(record, Claim):
        return Markup("")
    return _verdict(record.assessment, current_language())


def badge(table: Vocabulary, name: str, value: str) -> Markup:
    """Return a value of a vocabulary as a badge in the colours of ``name``."""
    return _badge(table, name, value, current_language())


def term(table: Vocabulary, value: str) -> Markup:
    """Return a value of a vocabulary, with its definition as a tooltip."""
    return _term(table, value, current_language())


def defined(table: Vocabulary, value: str) -> Markup:
    """Return a value of a vocabulary, followed by its definition."""
    return Markup(macros("marks").defined(table[value]))


def standing_mark(key: str) -> Markup:
    """Render a standing as a mark and words, with what it means as a tooltip."""
    return _standing(key, current_language())


def quiet_mark(key: str) -> Markup:
    """Render a standing as its mark alone, named for screen readers and as a tooltip."""
    return _quiet(key, current_language())


def weak_mark(key: str) -> Markup:
    """Render a standing as its mark, and say that the fact rests on weak sources alone."""
    return _weak(key, current_language())


# Each of these marks stands on nearly every page, so they are kept, by the language they are in.
@cache
def _layer_mark(layer: str, language: str) -> Markup:
    return Markup(macros("marks").layer(layer, tables.LAYER[layer].label))


@cache
def _verdict(assessment: str, language: str) -> Markup:
    return Markup(macros("marks").verdict(assessment, tables.ASSESSMENT[assessment].label))


@cache
def _badge(table: Vocabulary, name: str, value: str, language: str) -> Markup:
    return Markup(macros("marks").badge(name, value, table[value]))


@cache
def _term(table: Vocabulary, value: str, language: str) -> Markup:
    return Markup(macros("marks").term(table[value]))


@cache
def _standing(key: str, language: str) -> Markup:
    return Markup(macros("marks").standing(key))


@cache
def _quiet(key: str, language: str) -> Markup:
    return Markup(macros("marks").quiet(key))


@cache
def _weak(key: str, language: str) -> Markup:
    return Markup(macros("marks").weak(key))
