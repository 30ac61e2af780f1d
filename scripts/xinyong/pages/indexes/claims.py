"""The index of claims: what is said, what the evidence makes of it, and why in a line, by the layer it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.markup import text
from xinyong.pages.indexes import facets, table
from xinyong.pages.views import View
from xinyong.records import Claim
from xinyong.records.vocabularies import ASSESSMENT, LAYER, STANCE
from xinyong.words import ASSESSMENT_MARKS, TABLES, WORDS

SEVERAL = "several"
OTHER = "other"
_GROUPS: Mapping[str, tuple[str, str]] = {
    SEVERAL: (TABLES["claims-several"], TABLES["claims-several-note"]),
    **{layer: (value.label, value.meaning) for layer, value in LAYER.values.items()},
    OTHER: (TABLES["claims-other"], TABLES["claims-other-note"]),
}
_FACETS = (facets.of_vocabulary("assessment", ASSESSMENT), facets.of_vocabulary("layer", LAYER))


@dataclass(frozen=True)
class _Checked:
    entry: Entry
    record: Claim
    layers: tuple[str, ...]

    @property
    def group(self) -> str:
        if len(self.layers) > 1:
            return SEVERAL
        return self.layers[0] if self.layers else OTHER


def index(view: View) -> Markup:
    """All claims, grouped by the layer that they are about: verdict, statement, why, evidence for and against."""
    checked = [
        _Checked(entry, entry.record, layers(view, entry.record))
        for entry in sorted(
            view.corpus.of_kind("claims"), key=lambda entry: (table.by_name(entry), entry.id)
        )
        if isinstance(entry.record, Claim)
    ]
    form = facets.form(_FACETS, [_choices(claim) for claim in checked])
    groups = [
        _group(view, key, [claim for claim in checked if claim.group == key])
        for key in _GROUPS
        if any(claim.group == key for claim in checked)
    ]
    html = '<div class="xy-index xy-index--claims" data-index>\n{}{}\n</div>'
    return Markup(html).format(form, Markup("\n").join(groups))


def layers(view: View, record: Claim) -> tuple[str, ...]:
    """Return the layers of the records that a claim is about, in the order of the vocabulary."""
    found = {layer for target in record.about for layer in _layers_of(view.corpus[target.id])}
    return tuple(layer for layer in LAYER.values if layer in found)


def verdict(key: str) -> Markup:
    """Show an assessment as a badge: a mark, its word, and what it means as a tooltip."""
    html = '<span class="xy-badge" data-assessment="{0}" title="{1}"><span aria-hidden="true">{2}</span> {3}</span>'
    return Markup(html).format(
        key, ASSESSMENT[key].meaning, ASSESSMENT_MARKS[key], ASSESSMENT[key].label
    )


def _layers_of(entry: Entry) -> Iterable[str]:
    several = getattr(entry.record, "layers", None)
    one = getattr(entry.record, "layer", None)
    return several or ([one] if one else [])


def _choices(claim: _Checked) -> tuple[facets.Choice, ...]:
    return (claim.record.assessment,), facets.chosen(claim.layers)


def _group(view: View, key: str, claims: list[_Checked]) -> Markup:
    title, note = _GROUPS[key]
    html = (
        '<section class="xy-claim-group" data-group><h2 id="about-{}">{} <span class="xy-count">{}</span></h2>'
        '<p class="xy-note">{}</p>\n<ul class="xy-checked">\n{}\n</ul></section>'
    )
    items = Markup("\n").join(_item(view, claim) for claim in claims)
    return Markup(html).format(key, title, len(claims), note, items)


def _item(view: View, claim: _Checked) -> Markup:
    stances = [item.stance for item in claim.record.evidence]
    counts = Markup(", ").join(
        Markup("{} {}").format(stances.count(stance), STANCE[stance].label.lower())
        for stance in ("for", "against")
    )
    html = (
        '<li data-f="{}"><p class="xy-statement">{} {}</p><p class="xy-why">{} '
        '<span class="xy-asof">{}: {}.</span></p></li>'
    )
    return Markup(html).format(
        facets.attribute(_choices(claim)),
        verdict(claim.record.assessment),
        view.link(claim.entry.id, layer=False),
        text(first_sentence(plain(claim.record.summary, view.corpus))),
        WORDS["evidence"],
        counts,
    )


def first_sentence(shown: str, limit: int = 220) -> str:
    """Return the first sentence of a text, cut at a word where it is longer than ``limit``."""
    end = shown.find(". ")
    sentence = shown[: end + 1] if end >= 0 else shown
    return (
        sentence
        if len(sentence) <= limit
        else sentence[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    )
