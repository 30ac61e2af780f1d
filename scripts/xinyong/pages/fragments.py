"""What fills the slots of hand-written pages: counts, tables of a kind, lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from xinyong.corpus.counted import number, numbers
from xinyong.corpus.importance import by_importance
from xinyong.markup import text
from xinyong.pages import (
    answers,
    corrections,
    evidence,
    freshness,
    glossary,
    guide,
    in_force,
    studies,
)
from xinyong.pages import compare as comparing
from xinyong.pages.changes import changes
from xinyong.pages.environment import macro
from xinyong.pages.errata import errata
from xinyong.pages.figures import DRAWINGS
from xinyong.pages.indexes import INDEXES, paging
from xinyong.pages.problems import codes
from xinyong.pages.renderings import renderings, reverse
from xinyong.pages.view import LooseView, View
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.records import vocabularies as tables
from xinyong.records.vocabularies import Vocabulary
from xinyong.references import json_ld
from xinyong.words import KIND_MANY, KIND_ONE

TEMPLATE = "_fragments.html.j2"

CLAIMS = 8
"""How many claims the first page shows."""

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
    return paging.shown(INDEXES[kind](view)) if kind in INDEXES else None


def compare(view: View, name: str) -> Markup | None:
    """Show a prepared comparison."""
    return comparing.prepared(view, name)


def loose(made: Fragment) -> Fragment:
    """Let the cites of a fragment lead to the pages of their sources, as on pages without a list of sources."""
    return lambda view: made(LooseView(view.library, root=view.root))


def link(view: View, id_: str) -> Markup | None:
    """Link to a record; nothing where the corpus, which may be another than the project's, has none."""
    return view.link(id_) if id_ in view.corpus else text("")


def cite(view: View, ids: str) -> Markup | None:
    """Cite the sources ``ids``, parted by two hyphens, in running text; those that the corpus lacks are left out."""
    found = [id_ for id_ in ids.split("--") if id_ in view.corpus]
    return view.reference(found) if found else text("")


def sources(view: View) -> Markup:
    """List the sources that the page's other fragments have cited so far."""
    return Markup(view.render("sources.html.j2"))


def counts(view: View) -> Markup:
    """Show the number of records of each kind, each leading to its table, and of facts."""
    counted = [(kind, number(view.corpus, f"records-{kind}")) for kind in MODELS]
    named = [(kind, n, _called(kind, n)) for kind, n in counted]
    return macro(TEMPLATE, "counts")(view.root, named, number(view.corpus, "facts"))


def layers_table(view: View) -> Markup:
    """Show the layers in a table: who runs each, and how many programs, lists and scores the corpus has of it."""
    return macro(TEMPLATE, "layers")(tables.LAYER.values, numbers(view.corpus))


def claims(view: View) -> Markup:
    """Show the claims that matter most, each with its verdict."""
    found = by_importance(view.corpus, view.corpus.of_kind("claims"))
    return macro("_claims.html.j2", "chosen")(view, found[:CLAIMS])


def standings(view: View) -> Markup:
    """Show what each standing means, with its mark."""
    return macro(TEMPLATE, "standings")()


def term_set(view: View) -> Markup:
    """Describe the glossary in the words of schema.org."""
    return json_ld.script(json_ld.term_set(view.corpus, view.library.edition))


def website(view: View) -> Markup:
    """Describe the site, and how it is searched, in the words of schema.org."""
    edition = view.library.edition
    return json_ld.script(json_ld.website(edition, f"{edition.base}?q={{query}}"))


def vocabulary_table(table: Vocabulary) -> Fragment:
    """Make the fragment that shows a vocabulary with its definitions."""
    return lambda _: macro(TEMPLATE, "vocabulary")(table.values.values())


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
    "terms-first": glossary.first,
    "terms-by-pinyin": glossary.by_pinyin,
    "terms-by-english": glossary.by_english,
    "comparing": comparing.form,
    "errata": loose(errata),
    "renderings": loose(lambda view: paging.shown(renderings(view))),
    "renderings-reverse": reverse,
    **{name: loose(made) for name, made in evidence.FRAGMENTS.items()},
    **{name: loose(made) for name, made in in_force.FRAGMENTS.items()},
    **{name: loose(made) for name, made in freshness.FRAGMENTS.items()},
    **{name: loose(made) for name, made in studies.FRAGMENTS.items()},
    **corrections.FRAGMENTS,
    "evidence-answers": loose(answers.overview),
    "term-set": term_set,
    "website": website,
    "shared-fields": guide.shared,
    "vocabularies": guide.vocabularies,
    "vocabulary-reliability": vocabulary_table(tables.RELIABILITY),
    "vocabulary-assessment": vocabulary_table(tables.ASSESSMENT),
    "vocabulary-read": vocabulary_table(tables.READ),
}


def _called(kind: str, number: int) -> str:
    return KIND_ONE[kind].lower() if number == 1 else KIND_MANY[kind]
