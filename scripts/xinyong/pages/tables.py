"""The index of each kind: a plain table of all its records, which a small script makes sortable."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.pages.formats.work import LANGUAGES
from xinyong.pages.html import first_sentences, pinyin, text
from xinyong.pages.references import date_of
from xinyong.pages.views import View, plain, score, vocabulary
from xinyong.records import Blacklist, Citation, City, Claim, Event, Organization, Program, Term
from xinyong.records.vocabularies import ASSESSMENT, DESIGNATION, LAYER
from xinyong.source.edtf import Edtf

Cell = tuple[Markup, str]
"""What a cell shows, and the text it is sorted by (empty: what it shows)."""


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str) -> Markup:
    """Make a table of all records of a kind."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in heads)
    body = Markup("\n").join(Markup("<tr>{}</tr>").format(Markup("").join(map(_cell, row))) for row in rows)
    html = (
        '<div class="xy-wide"><table class="xy-table" data-sortable><caption>{}</caption>'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table></div>"
    )
    return Markup(html).format(caption, head, body)


def programs(view: View) -> Markup:
    """All programs: layer, form, score, when launched, status."""
    heads = ("Program", "Layer", "Form", "Score", "Launched", "Status")

    def row(entry: Entry, record: Program) -> Sequence[Cell]:
        ranges = text(score(record.score[0].value)) if record.score else Markup("–")
        form = _value(view, "programs", "form", record.form)
        status = _value(view, "programs", "status", record.status[-1].value if record.status else None)
        return (_name(view, entry), _layer(record.layer), form, (ranges, ""), _date(record.launched), status)

    return _table(view, "programs", Program, heads, row, _by_name)


def blacklists(view: View) -> Markup:
    """All lists: layer, polarity, kind, who keeps them, since when."""
    heads = ("List", "Layer", "Polarity", "Kind", "Kept by", "In force")

    def row(entry: Entry, record: Blacklist) -> Sequence[Cell]:
        keepers = Markup(", ").join(view.link(item.value.id) for item in record.authority)
        polarity = _value(view, "blacklists", "polarity", record.polarity)
        kind = _value(view, "blacklists", "list_kind", record.list_kind)
        since = _date(record.in_force or record.announced)
        return (_name(view, entry), _layer(record.layer), polarity, kind, (keepers or Markup("–"), ""), since)

    return _table(view, "blacklists", Blacklist, heads, row, _by_name)


def cities(view: View) -> Markup:
    """All places: province, level, lists of pilot and model cities, number of schemes."""
    heads = ("Place", "Province", "Level", "Named in", "Programs")

    def row(entry: Entry, record: City) -> Sequence[Cell]:
        province = _value(view, "cities", "province", record.province[0].value if record.province else None)
        level = _value(view, "cities", "level", record.level[0].value if record.level else None)
        named = sorted({item.list for item in record.designations}, key=_designation_year)
        lists = Markup(", ").join(view.term(DESIGNATION, value) for value in named)
        linked = [view.corpus[id_] for id_ in view.corpus.linked_from.get(entry.id, ())]
        schemes = Markup(", ").join(view.link(other.id, layer=False) for other in linked if other.kind == "programs")
        return (_name(view, entry), province, level, (lists or Markup("–"), ""), (schemes or Markup("–"), ""))

    return _table(view, "cities", City, heads, row, _by_name)


def citations(view: View) -> Markup:
    """All sources: reference, type, year, language, kind of source, how many records use them."""
    heads = ("Source", "Type", "Date", "Language", "Kind of source", "Used by")
    references = view.library.references

    def row(entry: Entry, record: Citation) -> Sequence[Cell]:
        full = Markup('<span id="{0}">{1} <a class="xy-more" href="{2}">{3}</a></span>').format(
            entry.id, references.full(entry.id), view.address(entry), text(references.label(entry.id))
        )
        date = date_of(record)
        used = len(view.corpus.cited_by.get(entry.id, ()))
        type_ = _value(view, "citations", "type", record.type)
        kind = _value(view, "citations", "reliability", record.reliability)
        language = LANGUAGES.get(record.language[:2], record.language)
        shown = (text(date.text if date else "–"), date.earliest.isoformat() if date else "")
        return (
            (full, references.label(entry.id)),
            type_,
            shown,
            (text(language), ""),
            kind,
            (text(str(used)), f"{used:06}"),
        )

    return _table(view, "citations", Citation, heads, row, lambda entry: references.label(entry.id).casefold())


def terms(view: View) -> Markup:
    """All terms by pinyin: Chinese, pinyin, English, what they mean."""
    heads = ("Chinese", "Pinyin", "English", "Domain", "Meaning")

    def row(entry: Entry, record: Term) -> Sequence[Cell]:
        chinese = Markup('<a class="xy-link" href="{}" lang="zh-Hans">{}</a>').format(
            view.address(entry), record.name.zh or record.name.en
        )
        spelled = pinyin(record.name.pinyin) if record.name.pinyin else Markup("–")
        meaning = text(first_sentences(plain(record.summary, view.corpus), 140))
        domain = _value(view, "terms", "domain", record.domain)
        return ((chinese, record.name.zh or ""), (spelled, _sortable(record.name.pinyin or "~")),
                (text(record.name.en), ""), domain, (meaning, ""))  # fmt: skip

    return _table(view, "terms", Term, heads, row, lambda entry: _sortable(entry.record.names.pinyin or "~"))


def organizations(view: View) -> Markup:
    """All organizations: type, layer, role."""
    heads = ("Organization", "Type", "Layer", "Role")

    def row(entry: Entry, record: Organization) -> Sequence[Cell]:
        role = view.line(record.role[0].value) if record.role else Markup("–")
        type_ = _value(view, "organizations", "type", record.type)
        return (_name(view, entry), type_, _layer(record.layer), (role, ""))

    return _table(view, "organizations", Organization, heads, row, _by_name)


def events(view: View) -> Markup:
    """All events in the order of time: date, what, layers."""
    heads = ("Date", "Event", "Layers", "Where")

    def row(entry: Entry, record: Event) -> Sequence[Cell]:
        layers = Markup(" ").join(_layer(layer)[0] for layer in record.layers)
        places = Markup(", ").join(view.link(item.value.id) for item in record.places) or Markup("–")
        return (_date(record.date), _name(view, entry), (layers, ""), (places, ""))

    return _table(view, "events", Event, heads, row, _by_date)


def claims(view: View) -> Markup:
    """All claims: the statement, the assessment, how much evidence for and against."""
    heads = ("Claim", "Assessment", "For", "Against")

    def row(entry: Entry, record: Claim) -> Sequence[Cell]:
        stances = [item.stance for item in record.evidence]
        verdict = Markup('<span class="xy-badge xy-assessment--{}">{}</span>').format(
            record.assessment, view.term(ASSESSMENT, record.assessment)
        )
        return (_name(view, entry), (verdict, record.assessment), *(
            (text(str(stances.count(stance))), f"{stances.count(stance):03}") for stance in ("for", "against")
        ))  # fmt: skip

    return _table(view, "claims", Claim, heads, row, _by_name)


TABLES: Mapping[str, Callable[[View], Markup]] = {
    "programs": programs,
    "blacklists": blacklists,
    "cities": cities,
    "citations": citations,
    "terms": terms,
    "organizations": organizations,
    "events": events,
    "claims": claims,
}
"""The table of each kind."""


def _table(  # noqa: PLR0913, PLR0917 - one argument for each way in which the tables differ
    view: View,
    kind: str,
    model: type[Any],
    heads: Sequence[str],
    row: Callable[[Entry, Any], Sequence[Cell]],
    order: Callable[[Entry], str],
) -> Markup:
    entries = sorted(view.corpus.of_kind(kind), key=lambda entry: (order(entry), entry.id))
    rows = [row(entry, entry.record) for entry in entries if isinstance(entry.record, model)]
    return table(heads, rows, f"{len(rows):,} records.")


def _cell(cell: Cell) -> Markup:
    shown, key = cell
    return Markup('<td data-sort="{}">{}</td>').format(key, shown) if key else Markup("<td>{}</td>").format(shown)


def _name(view: View, entry: Entry) -> Cell:
    names = entry.record.names
    shown = view.link(entry.id)
    if names.zh:
        shown += Markup(' <span class="xy-sub" lang="zh-Hans">{}</span>').format(names.zh)
    return shown, names.en.casefold()


def _layer(layer: str | None) -> Cell:
    if not layer:
        return Markup("–"), ""
    html = '<span class="xy-badge xy-layer--{}" title="{}">{}</span>'
    return Markup(html).format(layer, LAYER[layer].meaning, LAYER[layer].label), layer


def _value(view: View, kind: str, name: str, value: str | None) -> Cell:
    table = vocabulary(kind, name)
    return (view.term(table, value), "") if table and value else (Markup("–"), "")


def _date(facts: Sequence[Any]) -> Cell:
    if not facts:
        return Markup("–"), "9999"
    date: Edtf = facts[0].value
    return text(date.words), date.earliest.isoformat()


def _by_name(entry: Entry) -> str:
    return entry.record.heading.casefold()


def _by_date(entry: Entry) -> str:
    return _date(getattr(entry.record, "date", ()))[1]


def _designation_year(value: str) -> str:
    return value[-4:]


def _sortable(spelled: str) -> str:
    folded = unicodedata.normalize("NFD", spelled.casefold())
    return "".join(char for char in folded if char.isalnum() or char == "~")
