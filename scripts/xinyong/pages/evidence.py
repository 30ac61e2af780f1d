"""The state of the evidence: how well the facts stand, and where a second source, a reading or a look is wanted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from xinyong.corpus import STANDINGS, Corpus, Entry
from xinyong.markup import folded, text
from xinyong.pages.indexes.table import plain
from xinyong.pages.marks import standing_mark
from xinyong.pages.record_view import LooseRecordView
from xinyong.pages.values import fact_text
from xinyong.pages.view import View
from xinyong.problems import Path
from xinyong.records import MODELS, Citation
from xinyong.records.base import Cited
from xinyong.records.vocabularies import CITATION_TYPE
from xinyong.words import EVIDENCE, KIND_MANY, KIND_ONE, STANDING, field_word

WANTED = ("single", "second-hand")
"""The standings of facts for which a further source is wanted."""

_RECORDS = 15
"""How many records of a kind are shown with their facts; the others are counted."""

_FACTS = 20
"""How many facts of one record are shown; the others are counted."""


_LISTED = 100
"""Up to how many records that were checked on one day are named; of more only the number is given."""


@dataclass(frozen=True)
class Weighed:
    """A fact in its place, with how well it stands."""

    entry: Entry
    path: Path
    fact: Cited
    standing: str


def weigh(entry: Entry, corpus: Corpus) -> Iterator[Weighed]:
    """Yield the facts of a record with their standing; facts that contradict each other are disputed."""
    for stated in entry.facts:
        standing = "disputed" if stated.disputed else corpus.standing_of(stated.fact)
        yield Weighed(entry, stated.path, stated.fact, standing)


@lru_cache(maxsize=1)
def weighed(corpus: Corpus) -> tuple[Weighed, ...]:
    """Return all facts of a corpus with their standing."""
    return tuple(item for entry in corpus for item in weigh(entry, corpus))


def standings(view: View) -> Markup:
    """Show the number of facts by kind of record and by standing, as a table with bars."""
    counts = {kind: Counter[str]() for kind in MODELS}
    for item in weighed(view.corpus):
        counts[item.entry.kind][item.standing] += 1
    total = sum(counts.values(), Counter())
    heads = Markup("").join(
        Markup('<th scope="col" class="xy-number">{}</th>').format(standing_mark(key))
        for key in STANDINGS
    )
    rows = [_counted(KIND_MANY[kind].capitalize(), counts[kind]) for kind in MODELS if counts[kind]]
    html = (
        '<div class="xy-wide"><table class="xy-table xy-standings"><caption>{}</caption><thead><tr><td></td>{}'
        '<th scope="col" class="xy-number">{}</th></tr></thead>\n'
        "<tbody>\n{}\n</tbody><tfoot>{}</tfoot></table></div>"
    )
    caption = EVIDENCE["caption"].format(f"{total.total():,}")
    body = Markup("\n").join(rows)
    return Markup(html).format(
        caption, heads, EVIDENCE["all"], body, _counted(EVIDENCE["all"], total)
    )


def wanted(view: View) -> Markup:
    """List the facts for which a further source is wanted, by kind and record, the records with most of them first."""
    found: dict[str, dict[str, list[Weighed]]] = {kind: defaultdict(list) for kind in MODELS}
    for item in weighed(view.corpus):
        if item.standing in WANTED:
            found[item.entry.kind][item.entry.id].append(item)
    return Markup("\n").join(
        _kind(view, kind, records) for kind, records in found.items() if records
    )


def disputed(view: View) -> Markup:
    """List the facts on which sources differ, by record and field, side by side."""
    groups: dict[tuple[str, str], list[Weighed]] = defaultdict(list)
    for item in weighed(view.corpus):
        if item.standing == "disputed":
            groups[item.entry.id, str(item.path[0])].append(item)
    rows = [
        (
            view.link(id_),
            text(field_word(name)),
            Markup("").join(_fact(view, item) for item in items),
        )
        for (id_, name), items in groups.items()
    ]
    heads = [EVIDENCE[name] for name in ("record", "field", "said")]
    counted = Markup('<p class="xy-shown">{}</p>\n').format(
        EVIDENCE["disputed"].format(f"{len(groups):,}")
    )
    return counted + plain(heads, rows, "disputes")


def reviewed(view: View) -> Markup:
    """List the days on which records were last held against their sources, the longest ago first, and the records."""
    by_day: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.corpus:
        by_day[entry.record.reviewed.text if entry.record.reviewed else ""].append(entry)
    days = [_day(view, day, by_day[day]) for day in sorted(by_day)]
    return Markup("\n").join(days)


def unread(view: View) -> Markup:
    """List the works that were not read themselves, with the number of records that cite them."""
    works = [entry for entry, work in _works(view) if work.read == "none"]
    items = [
        Markup("<li>{} <span class=\"xy-asof\">{}</span></li>").format(
            view.library.references.full(entry.id) + Markup(" ") + view.link(entry.id),
            EVIDENCE["used"].format(len(view.corpus.cited_by.get(entry.id, ()))),
        )
        for entry in works
    ]  # fmt: skip
    return folded(
        EVIDENCE["unread"].format(f"{len(works):,}"),
        Markup("<ul>{}</ul>").format(Markup("").join(items)),
    )


def unaddressed(view: View) -> Markup:
    """List the sources that have neither an address nor a DOI, by type."""
    found = [(entry, work) for entry, work in _works(view) if not work.url and not work.doi]
    groups = []
    for type_, value in CITATION_TYPE.values.items():
        entries = [entry for entry, work in found if work.type == type_]
        if entries:
            items = Markup("").join(
                Markup("<li>{}</li>").format(view.link(entry.id)) for entry in entries
            )
            title = EVIDENCE["group"].format(name=value.label, n=f"{len(entries):,}")
            groups.append(folded(title, Markup('<ul class="xy-inline">{}</ul>').format(items)))
    counted = EVIDENCE["unaddressed"].format(
        n=f"{len(found):,}", m=f"{len(view.corpus.of_kind('citations')):,}"
    )
    return Markup('<p class="xy-shown">{}</p>\n{}').format(counted, Markup("\n").join(groups))


def _works(view: View) -> list[tuple[Entry, Citation]]:
    """Return all sources in the order of their short references."""
    found = [
        (entry, entry.record)
        for entry in view.corpus.of_kind("citations")
        if isinstance(entry.record, Citation)
    ]
    return sorted(found, key=lambda pair: view.name(pair[0]).casefold())


def _counted(name: str, counts: Counter[str]) -> Markup:
    cells = Markup("").join(
        Markup('<td class="xy-number">{:,}</td>').format(counts[key]) for key in STANDINGS
    )
    html = '<tr><th scope="row">{}{}</th>{}<td class="xy-number">{:,}</td></tr>'
    return Markup(html).format(name, _bar(counts), cells, counts.total())


def _bar(counts: Counter[str], width: int = 200) -> Markup:
    """Draw the shares of the standings as one bar; the numbers beside it say the same."""
    parts, at, total = [], 0, counts.total() or 1
    for key in STANDINGS:
        end = at + counts[key]
        left, right = (round(width * edge / total) for edge in (at, end))
        if right > left:
            bar = '<rect class="xy-bar--{}" x="{}" width="{}" height="12"><title>{}: {:,}</title></rect>'
            parts.append(Markup(bar).format(key, left, right - left, STANDING[key][1], counts[key]))
        at = end
    html = (
        '<svg class="xy-bar" viewBox="0 0 {} 12" width="{}" height="12" aria-hidden="true">{}</svg>'
    )
    return Markup(html).format(width, width, Markup("").join(parts))


def _kind(view: View, kind: str, records: dict[str, list[Weighed]]) -> Markup:
    ranked = sorted(records.values(), key=lambda items: (-len(items), items[0].entry.id))
    number = sum(map(len, ranked))
    shown = [_record(view, items) for items in ranked[:_RECORDS]]
    rest = ranked[_RECORDS:]
    if rest:
        more = EVIDENCE["more-records"].format(n=f"{len(rest):,}", facts=f"{sum(map(len, rest)):,}")
        shown.append(Markup('<p class="xy-asof">{}</p>').format(more))
    title = EVIDENCE["kind"].format(
        name=KIND_MANY[kind].capitalize(), facts=f"{number:,}", n=f"{len(ranked):,}"
    )
    return folded(title, Markup("\n").join(shown))


def _record(view: View, items: Sequence[Weighed]) -> Markup:
    shown = Markup("").join(
        Markup("<li>{}</li>").format(_labelled(view, item)) for item in items[:_FACTS]
    )
    more = Markup("")
    if len(items) > _FACTS:
        more = Markup("<li>{}</li>").format(
            EVIDENCE["more-facts"].format(f"{len(items) - _FACTS:,}")
        )
    title = EVIDENCE["group"].format(name=view.name(items[0].entry), n=f"{len(items):,}")
    link = Markup("<p>{}</p>").format(view.link(items[0].entry.id))
    return folded(title, Markup('{}<ul class="xy-work">{}{}</ul>').format(link, shown, more))


def _labelled(view: View, item: Weighed) -> Markup:
    within = LooseRecordView(view.library, root=view.root, entry=item.entry)
    shown = fact_text(within, item.fact, str(item.path[0]))
    support = within.shown(item.fact, Markup("")).support
    return Markup("<b>{}:</b> {} {}").format(field_word(str(item.path[0])), shown, support)


def _fact(view: View, item: Weighed) -> Markup:
    within = LooseRecordView(view.library, root=view.root, entry=item.entry)
    return within.shown(
        item.fact, fact_text(within, item.fact, str(item.path[0])), disputed=True
    ).html


def _day(view: View, day: str, entries: Sequence[Entry]) -> Markup:
    kinds = Counter(entry.kind for entry in entries)
    counted = ", ".join(
        f"{number:,} {KIND_MANY[kind] if number > 1 else KIND_ONE[kind].lower()}"
        for kind, number in kinds.items()
    )
    date = entries[0].record.reviewed
    title = f"{date.words if date else EVIDENCE['never']}: {counted}"
    if len(entries) > _LISTED:
        return Markup("<p>{}.</p>").format(title)
    items = Markup("").join(Markup("<li>{}</li>").format(view.link(entry.id)) for entry in entries)
    return folded(title, Markup('<ul class="xy-inline">{}</ul>').format(items))


FRAGMENTS = {
    "evidence-standings": standings,
    "evidence-wanted": wanted,
    "evidence-disputed": disputed,
    "evidence-reviewed": reviewed,
    "evidence-unread": unread,
    "evidence-unaddressed": unaddressed,
}
"""The parts of the page by the names of their slots."""
