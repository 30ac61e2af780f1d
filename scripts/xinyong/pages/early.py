"""Scripts that run where they stand, before anything is painted, so that nothing moves when the others start.

They are the only code that stands in the article of a page; the page's content security policy allows these and no
other, so what they do with a page is all in them.
"""

from __future__ import annotations

from markupsafe import Markup

FACETS = Markup(
    'document.currentScript.parentNode.open=matchMedia("(min-width:60em)").matches;'
    'document.documentElement.classList.toggle("xy-asked",location.search.length>1)'
)
"""Opens the facets of a table on a wide screen; lets rows wait for the script of the tables where some are asked for."""

COMPARISON = Markup(
    'document.currentScript.previousElementSibling.classList.toggle("xy-awaited",location.search.length>1)'
)
"""Keeps the place of a comparison free where the address asks for records."""

EARLY = (FACETS, COMPARISON)
