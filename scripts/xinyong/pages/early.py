"""Scripts that run where they stand, before anything is painted, so that nothing moves later.

They are the only code in the article of a page that its content security policy allows.
"""

from __future__ import annotations

from markupsafe import Markup

FACETS = Markup(
    'document.currentScript.parentNode.open=matchMedia("(min-width:60em)").matches;'
    'document.documentElement.classList.toggle("xy-asked",location.search.length>1)'
)
"""Opens the facets on a wide screen; lets rows wait for their script where some are asked for."""

COMPARISON = Markup(
    'document.currentScript.previousElementSibling.classList.toggle("xy-awaited",location.search.length>1)'
)
"""Keeps the place of a comparison free where the address asks for records."""

EARLY = (FACETS, COMPARISON)
