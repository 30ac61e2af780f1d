"""The page of a place."""

from __future__ import annotations

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.figures.city_map import place
from xinyong.figures.locator import locator
from xinyong.markup import text
from xinyong.pages.page import Page
from xinyong.pages.views import View, page
from xinyong.publication import Library
from xinyong.records.cities import Account, City, Designation
from xinyong.records.vocabularies import DESIGNATION
from xinyong.words import FIGURES, WORDS


def render(library: Library, entry: Entry) -> Page:
    """Render a place: where it lies, the lists that name it, its schemes, accounts and rules."""
    linked = [library.corpus[id_] for id_ in library.corpus.linked_from.get(entry.id, ())]
    programs = [other for other in linked if other.kind == "programs"]
    view = View(library, entry=entry)
    city = entry.record
    assert isinstance(city, City)
    where = locator(place(entry.id, city, bool(programs)), view.root, FIGURES) if city.coordinates else Markup("")
    more = {"programs": programs, "designation": designation, "account": account, "where": where}
    return page(view, "cities.html.j2", **more)


def designation(view: View, item: Designation) -> Markup:
    """Say on which list a place stands, when, and by which document."""
    parts = [view.term(DESIGNATION, item.list)]
    if item.date:
        parts.append(view.value(item.date))
    document = Markup(" ({})").format(view.link(item.document.id)) if item.document else ""
    return Markup(", ").join(parts) + document


def account(item: Account) -> Markup:
    """Describe an account: platform, handle, whether official, since when."""
    said = Markup("{} {}").format(item.platform, text(item.handle))
    if item.official is not None:
        said += Markup(", {}").format(WORDS["official" if item.official else "not-official"])
    return said + Markup(", {} {}").format(WORDS["since"], item.since.words) if item.since else said
