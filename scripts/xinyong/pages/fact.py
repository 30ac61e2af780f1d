"""A fact as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from xinyong.pages.environment import macro


@dataclass(frozen=True)
class Shown:
    """A fact as it is shown: its value, when it held, how well it stands, and what supports it."""

    value: Markup
    as_of: str
    standing: Markup
    cites: Markup
    note: Markup
    inferred: Markup
    disputed: bool = False

    @property
    def support(self) -> Markup:
        """Its standing and cites, then its note and how it was inferred."""
        return macro("_facts.html.j2", "support")(self)

    @property
    def html(self) -> Markup:
        """All of it: the value, its date, its support."""
        return macro("_facts.html.j2", "fact")(self)
