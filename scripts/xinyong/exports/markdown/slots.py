"""What stands in the slots of hand-written pages when these are written as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from xinyong.corpus import STANDINGS, Corpus, Entry
from xinyong.corpus.text import plain, title_of
from xinyong.exports.markdown import commonmark
from xinyong.exports.markdown.commonmark import escaped
from xinyong.exports.markdown.text import LAYERED, Text
from xinyong.markup import first_sentence
from xinyong.records import MODELS, Event
from xinyong.records import vocabularies as tables
from xinyong.records.vocabularies import Vocabulary
from xinyong.source.cites import Cite
from xinyong.words import KIND_MANY, MARKDOWN, STANDING

PROMINENT = 8
"""So many claims stand on the home page."""


def slot(text: Text, name: str) -> str | None:
    """Return what fills the slot ``name`` of a text; None for a drawing, a form, or what has no such form."""
    prefix, _, rest = name.partition("-")
    if name in _WHOLE:
        return _WHOLE[name](text)
    return _NAMED[prefix](text, rest) if prefix in _NAMED else None


def by_weight(corpus: Corpus, kind: str) -> list[Entry]:
    """Return the records of a kind, those first to which most others link."""
    weight = {entry.id: len(corpus.linked_from.get(entry.id, ())) for entry in corpus.of_kind(kind)}
    return sorted(corpus.of_kind(kind), key=lambda entry: (-weight[entry.id], entry.id))


def gist(corpus: Corpus, entry: Entry) -> str:
    """Return the first sentence of what a record says of itself, as plain text."""
    record = entry.record
    return first_sentence(plain(record.summary or record.annotation or "", corpus))


def _link(text: Text, id_: str) -> str:
    return text.link(id_) if id_ in text.corpus else ""


def _cite(text: Text, ids: str) -> str:
    found = [Cite(id_) for id_ in ids.split("--") if id_ in text.corpus]
    return text.cites(found) if found else ""


def _index(text: Text, kind: str) -> str | None:
    return _all_of(text, kind) if kind in MODELS else None


def _all_of(text: Text, kind: str) -> str:
    """List all records of a kind, each with what it says of itself in a sentence."""
    found = by_weight(text.corpus, kind)
    number = MARKDOWN["entries"].format(n=f"{len(found):,}")
    return f"{number}\n\n{commonmark.listed(_line(text, entry) for entry in found)}"


def _line(text: Text, entry: Entry) -> str:
    if entry.kind == "citations":
        return text.shared.source(entry.id)
    link = text.link(entry.id, title_of(entry))
    verdict = getattr(entry.record, "assessment", None)
    mark = f" ({tables.ASSESSMENT[verdict].label.lower()})" if verdict else ""
    said = gist(text.corpus, entry)
    return f"{link}{mark}: {escaped(said)}" if said else f"{link}{mark}"


def _timeline(text: Text) -> str:
    """List all events in the order of time, each with its date."""
    dated = [
        (entry.record.date[0].value, entry)
        for entry in text.corpus.of_kind("events")
        if isinstance(entry.record, Event)
    ]
    dated.sort(key=lambda pair: (pair[0].earliest, pair[1].id))
    return commonmark.listed(f"**{date.words}**: {_line(text, entry)}" for date, entry in dated)


def _claims(text: Text) -> str:
    found = by_weight(text.corpus, "claims")[:PROMINENT]
    return commonmark.listed(text.link(entry.id) for entry in found)


def _counts(text: Text) -> str:
    found = ((kind, len(text.corpus.of_kind(kind))) for kind in MODELS)
    return commonmark.listed(f"{number:,} {KIND_MANY[kind]}" for kind, number in found)


def _layers(text: Text) -> str:
    """Say of each layer who runs it, and how much of it is recorded."""
    counted = Counter(
        (entry.kind, getattr(entry.record, "layer", ""))
        for kind in LAYERED
        for entry in text.corpus.of_kind(kind)
    )
    lines = []
    for layer, value in tables.LAYER.values.items():
        programs, lists = (counted[kind, layer] for kind in LAYERED)
        number = MARKDOWN["runs"].format(programs=programs, lists=lists)
        lines.append(f"**{value.label}**: {escaped(value.meaning)} ({number})")
    return commonmark.listed(lines)


def _standings(_text: Text) -> str:
    return commonmark.listed(f"**{STANDING[key][1]}**: {said}" for key, said in STANDINGS.items())


def _vocabulary(table: Vocabulary) -> Callable[[Text], str]:
    def made(_text: Text) -> str:
        values = table.values.values()
        return commonmark.listed(f"**{value.label}**: {escaped(value.meaning)}" for value in values)

    return made


_NAMED: Mapping[str, Callable[[Text, str], str | None]] = {
    "link": _link,
    "cite": _cite,
    "index": _index,
}
"""What is asked for with the name of a kind or a record: ``index-cities``, ``cite-koetse-2018``."""

_WHOLE: Mapping[str, Callable[[Text], str]] = {
    "claims": _claims,
    "counts": _counts,
    "layers-diagram": _layers,
    "layers-table": _layers,
    "sources": Text.sources,
    "standings": _standings,
    "terms-by-pinyin": lambda text: _all_of(text, "terms"),
    "timeline": _timeline,
    "vocabulary-assessment": _vocabulary(tables.ASSESSMENT),
    "vocabulary-read": _vocabulary(tables.READ),
    "vocabulary-reliability": _vocabulary(tables.RELIABILITY),
}
