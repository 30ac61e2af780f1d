"""What fills the slots of hand-written pages: counts, tables of a kind, lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from xinyong.corpus import STANDINGS
from xinyong.pages import answers, evidence, glossary, guide
from xinyong.pages import compare as comparing
from xinyong.pages.changes import changes
from xinyong.pages.errata import errata
from xinyong.pages.figures import DRAWINGS
from xinyong.pages.indexes import INDEXES
from xinyong.pages.problems import codes
from xinyong.pages.renderings import renderings, reverse
from xinyong.pages.views import LAYERED, LooseView, View
from xinyong.publication import Library
from xinyong.records import MODELS, Program
from xinyong.records import vocabularies as tables
from xinyong.records.vocabularies import Vocabulary
from xinyong.records.walk import facts
from xinyong.references import json_ld
from xinyong.words import KIND_MANY, KIND_ONE, STANDING, TABLES, WORDS

Fragment = Callable[[View], Markup]


def fragment(library: Library, name: str, root: str, view: View | None = None) -> str | None:
    """Render the fragment ``name`` for a page from which ``root`` leads to the site's root; None if there is none.

    ``view`` is that of the page, which remembers what its fragments have cited; without one the fragment stands alone.
    """
    view = view or View(library, root=root)
    prefix, _, rest = name.partition("-")
    if prefix in BY_NAME:
        found = BY_NAME[prefix](view, rest)
        return None if found is None else str(found)
    return str(FRAGMENTS[name](view)) if name in FRAGMENTS else None


def index(view: View, kind: str) -> Markup | None:
    """Show the index of a kind."""
    return INDEXES[kind](view) if kind in INDEXES else None


def compare(view: View, name: str) -> Markup | None:
    """Show a prepared comparison."""
    return comparing.prepared(view, name)


def loose(made: Fragment) -> Fragment:
    """Let the cites of a fragment lead to the pages of their sources, as on pages without a list of sources."""
    return lambda view: made(LooseView(view.library, root=view.root))


def terms_by_pinyin(view: View) -> Markup:
    """Show the table of terms with the letters of pinyin over it."""
    return glossary.by_pinyin(view, INDEXES["terms"](view))


def link(view: View, id_: str) -> Markup | None:
    """Link to a record; nothing where the corpus, which may be another than the project's, has none."""
    return view.link(id_) if id_ in view.corpus else Markup("")


def cite(view: View, ids: str) -> Markup | None:
    """Cite the sources ``ids``, parted by two hyphens, in running text; those that the corpus lacks are left out."""
    found = [id_ for id_ in ids.split("--") if id_ in view.corpus]
    return view.reference(found) if found else Markup("")


def sources(view: View) -> Markup:
    """List the sources that the page's other fragments have cited so far."""
    return Markup(view.render("sources.html.j2"))


def counts(view: View) -> Markup:
    """Show the number of records of each kind, each leading to its table, and of facts."""
    item = Markup('<li><a href="{}{}/"><b>{:,}</b> {}</a></li>')
    numbers = [(kind, len(view.corpus.of_kind(kind))) for kind in MODELS]
    items = [
        item.format(view.root, kind, n, KIND_MANY[kind] if n != 1 else KIND_ONE[kind].lower())
        for kind, n in numbers
    ]
    total = sum(1 for entry in view.corpus for _ in facts(entry.record))
    facts_item = Markup("<li><span><b>{:,}</b> {}</span></li>").format(
        total, WORDS["facts-sourced"]
    )
    return Markup('<ul class="xy-counts">{}{}</ul>').format(Markup("").join(items), facts_item)


def layers_table(view: View) -> Markup:
    """Show the layers in a table: who runs each, and how many programs, lists and scores the corpus has of it."""
    row = Markup(
        '<tr><th scope="row"><span class="xy-badge" data-layer="{}">{}</span></th><td>{}</td>'
        '<td class="xy-number">{}</td><td class="xy-number">{}</td><td class="xy-number">{}</td></tr>'
    )
    rows = []
    for layer, value in tables.LAYER.values.items():
        found = [
            entry
            for entry in view.corpus
            if entry.kind in LAYERED and _layer(entry.record) == layer
        ]
        programs = [entry.record for entry in found if isinstance(entry.record, Program)]
        scored = sum(1 for program in programs if program.score or program.bands)
        rows.append(
            row.format(
                layer, value.label, value.meaning, len(programs), len(found) - len(programs), scored
            )
        )
    names = ("layer", "run-by", "programs", "blacklists", "with-scores")
    heads = [
        Markup('<th scope="col"{}>{}</th>').format(_numeric(name), WORDS[name]) for name in names
    ]
    html = '<div class="xy-wide"><table class="xy-plain"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    return Markup(html).format(Markup("").join(heads), Markup("").join(rows))


def _numeric(name: str) -> Markup:
    return Markup("" if name in ("layer", "run-by") else ' class="xy-number"')


def claims(view: View) -> Markup:
    """Show the claims that are linked to most, each with its verdict."""
    weighed = sorted(
        view.corpus.of_kind("claims"),
        key=lambda e: (-len(view.corpus.linked_from.get(e.id, ())), e.id),
    )[:8]
    item = Markup('<li>{} <span class="xy-badge" data-assessment="{}">{}</span></li>')
    items = []
    for entry in weighed:
        key = str(getattr(entry.record, "assessment", ""))
        items.append(
            item.format(view.link(entry.id, layer=False), key, tables.ASSESSMENT[key].label)
        )
    return Markup('<ul class="xy-claims">{}</ul>').format(Markup("").join(items))


def standings(view: View) -> Markup:
    """Show what each standing means, with its mark."""
    row = Markup(
        '<tr><td><span class="xy-standing xy-standing--{}">{} {}</span></td><td>{}</td></tr>'
    )
    rows = [row.format(key, *STANDING[key], meaning) for key, meaning in STANDINGS.items()]
    return _defined("mark", rows)


def term_set(view: View) -> Markup:
    """Describe the glossary in the words of schema.org."""
    return json_ld.script(json_ld.term_set(view.corpus, view.library.edition))


def website(view: View) -> Markup:
    """Describe the site, and how it is searched, in the words of schema.org."""
    edition = view.library.edition
    return json_ld.script(json_ld.website(edition, f"{edition.base}?q={{query}}"))


def vocabulary_table(table: Vocabulary) -> Fragment:
    """Make the fragment that shows a vocabulary with its definitions."""

    def made(view: View) -> Markup:
        row = Markup("<tr><td>{}</td><td>{}</td></tr>")
        rows = [row.format(value.label, value.meaning) for value in table.values.values()]
        return _defined("value", rows)

    return made


def _defined(name: str, rows: list[Markup]) -> Markup:
    """Make a table of two columns: ``name`` and what it means."""
    html = '<table><thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
    return Markup(html).format(TABLES[name], TABLES["meaning"], Markup("").join(rows))


BY_NAME: Mapping[str, Callable[[View, str], Markup | None]] = {
    "index": index,
    "link": link,
    "cite": cite,
    "compare": compare,
    "fields": guide.fields,
}
"""The fragments that are asked for with the name of a kind or a record: ``index-cities``, ``cite-koetse-2018``."""

FRAGMENTS: Mapping[str, Fragment] = {
    **DRAWINGS,
    "codes": codes,
    "counts": counts,
    "layers-table": layers_table,
    "claims": claims,
    "changes": changes,
    "sources": sources,
    "standings": standings,
    "terms-by-pinyin": terms_by_pinyin,
    "terms-by-english": glossary.by_english,
    "comparing": comparing.form,
    "errata": loose(errata),
    "renderings": loose(renderings),
    "renderings-reverse": reverse,
    **{name: loose(made) for name, made in evidence.FRAGMENTS.items()},
    "evidence-answers": loose(answers.overview),
    "term-set": term_set,
    "website": website,
    "shared-fields": guide.shared,
    "vocabularies": guide.vocabularies,
    "vocabulary-reliability": vocabulary_table(tables.RELIABILITY),
    "vocabulary-assessment": vocabulary_table(tables.ASSESSMENT),
    "vocabulary-read": vocabulary_table(tables.READ),
}


def _layer(record: object) -> str:
    return str(getattr(record, "layer", ""))
