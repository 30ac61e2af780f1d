"""A fact as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from xinyong.words import WORDS


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
        note = f'<span class="xy-note">{self.note}</span>' if self.note else ""
        if self.inferred:
            note += f'<span class="xy-note xy-note--inferred"><b>{WORDS["inferred"]}:</b> {self.inferred}</span>'
        return Markup(f'<span class="xy-support">{self.standing} {self.cites}</span>{note}')

    @property
    def html(self) -> Markup:
        """All of it: the value, its date, its support."""
        date = f' <span class="xy-asof">{WORDS["as-of"]} {self.as_of}</span>' if self.as_of else ""
        kind = "xy-fact xy-fact--disputed" if self.disputed else "xy-fact"
        return Markup(
            f'<div class="{kind}"><span class="xy-says">{self.value}</span>{date} {self.support}</div>'
        )
