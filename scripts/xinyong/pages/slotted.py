"""What fills the slots of hand-written pages: counts, tables of a kind, lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from xinyong.corpus import STANDINGS
from xinyong.pages.tables import TABLES
from xinyong.pages.views import Library, View
from xinyong.pages.words import KIND_MANY, KIND_ONE, STANDING
from xinyong.records import MODELS
from xinyong.records import vocabularies as tables
from xinyong.records.vocabularies import Vocabulary
from xinyong.records.walk import facts

Fragment = Callable[[View], Markup]


def fragment(library: Library, name: str, root: str) -> str | None:
    """Render the fragment ``name`` for a page from which ``root`` leads to the site's root; None if there is none."""
    if name.startswith("index-"):
        kind = name.removeprefix("index-")
        return str(TABLES[kind](View(library, root=root))) if kind in TABLES else None
    if name.startswith("link-"):
        id_ = name.removeprefix("link-")
        return str(View(library, root=root).link(id_)) if id_ in library.corpus else None
    made = FRAGMENTS.get(name)
    return str(made(View(library, root=root))) if made else None


def counts(view: View) -> Markup:
    """Show the number of records of each kind, each leading to its table, and of facts."""
    item = Markup('<li><a href="{}{}/"><b>{:,}</b> {}</a></li>')
    numbers = [(kind, len(view.corpus.of_kind(kind))) for kind in MODELS]
    items = [
        item.format(view.root, kind, n, KIND_MANY[kind] if n != 1 else KIND_ONE[kind].lower()) for kind, n in numbers
    ]
    total = sum(1 for entry in view.corpus for _ in facts(entry.record))
    facts_item = Markup("<li><span><b>{:,}</b> {}</span></li>").format(total, "facts, each with its source")
    return Markup('<ul class="xy-counts">{}{}</ul>').format(Markup("").join(items), facts_item)


def layers(view: View) -> Markup:
    """Show the four layers side by side, each with what it is and the programs and lists that belong to it."""
    html = Markup('<section class="xy-layer-card xy-layer-card--{}"><h3>{}</h3><p>{}</p><ul>{}</ul></section>')
    cards = []
    for layer, value in tables.LAYER.values.items():
        found = [e for e in view.corpus if e.kind in ("programs", "blacklists") and _layer(e.record) == layer]
        weighed = sorted(found, key=lambda e: (-len(view.corpus.linked_from.get(e.id, ())), e.id))[:5]
        items = Markup("").join(Markup("<li>{}</li>").format(view.link(e.id, layer=False)) for e in weighed)
        cards.append(html.format(layer, value.label, value.meaning, items))
    return Markup('<div class="xy-layers">{}</div>').format(Markup("").join(cards))


def claims(view: View) -> Markup:
    """Show the claims that are linked to most, each with its verdict."""
    weighed = sorted(view.corpus.of_kind("claims"), key=lambda e: (-len(view.corpus.linked_from.get(e.id, ())), e.id))[
        :8
    ]
    item = Markup('<li>{} <span class="xy-badge xy-assessment--{}">{}</span></li>')
    items = []
    for entry in weighed:
        key = str(getattr(entry.record, "assessment", ""))
        items.append(item.format(view.link(entry.id), key, tables.ASSESSMENT[key].label))
    return Markup('<ul class="xy-claims">{}</ul>').format(Markup("").join(items))


def standings(view: View) -> Markup:
    """Show what each standing means, with its mark."""
    row = Markup('<tr><td><span class="xy-standing xy-standing--{}">{} {}</span></td><td>{}</td></tr>')
    rows = [row.format(key, *STANDING[key], meaning) for key, meaning in STANDINGS.items()]
    head = "<thead><tr><th>Mark</th><th>Meaning</th></tr></thead>"
    return Markup("<table>" + head + "<tbody>{}</tbody></table>").format(Markup("").join(rows))


def vocabulary_table(table: Vocabulary) -> Fragment:
    """Make the fragment that shows a vocabulary with its definitions."""

    def made(view: View) -> Markup:
        row = Markup("<tr><td>{}</td><td>{}</td></tr>")
        rows = [row.format(value.label, value.meaning) for value in table.values.values()]
        head = "<thead><tr><th>Value</th><th>Meaning</th></tr></thead>"
        return Markup("<table>" + head + "<tbody>{}</tbody></table>").format(Markup("").join(rows))

    return made


FRAGMENTS: Mapping[str, Fragment] = {
    "counts": counts,
    "layers": layers,
    "claims": claims,
    "standings": standings,
    "vocabulary-reliability": vocabulary_table(tables.RELIABILITY),
    "vocabulary-assessment": vocabulary_table(tables.ASSESSMENT),
    "vocabulary-read": vocabulary_table(tables.READ),
}


def _layer(record: object) -> str:
    return str(getattr(record, "layer", ""))
