"""The page of a place."""

from __future__ import annotations

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.figures.city_map import place
from xinyong.figures.locator import locator
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library
from xinyong.records.cities import City
from xinyong.words import FIGURES


def render(library: Library, entry: Entry) -> Page:
    """Render a place: where it lies, the lists that name it, its schemes, accounts and rules."""
    linked = [library.corpus[id_] for id_ in library.corpus.linked_from.get(entry.id, ())]
    programs = [other for other in linked if other.kind == "programs"]
    view = RecordView(library, entry=entry)
    city = entry.record
    assert isinstance(city, City)
    where = (
        locator(place(entry.id, city, bool(programs)), view.root, FIGURES)
        if city.coordinates
        else Markup("")
    )
    more = {"programs": programs, "drawing": where}
    return page(view, "cities.html.j2", **more)
