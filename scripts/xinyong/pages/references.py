"""References: short ones as labels of cites, full ones in the author-date style of the Chicago Manual (17th ed.)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from markupsafe import Markup

from xinyong.corpus import Corpus
from xinyong.pages.html import pinyin, text
from xinyong.records import Citation
from xinyong.records.citations import Author
from xinyong.source.edtf import Edtf

_DOCUMENTS = ("law", "policy")
_QUOTED = ("article", "chapter", "news", "web", "paper", "thesis")


class References:
    """The references of a corpus; labels are unique: two works that would share one get letters after the year."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._full: dict[str, Markup] = {}

    def label(self, id_: str) -> str:
        """Return the short reference, ``Koetse 2018`` or ``Daum 2017b``."""
        return self.labels[id_]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The short references of all citations by id."""
        works = {entry.id: self._corpus.citation(entry.id) for entry in self._corpus.of_kind("citations")}
        plain = {id_: (short_author(work), year(work)) for id_, work in works.items()}
        shared: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, key in plain.items():
            shared[key].append(id_)
        letters = {
            id_: _letter(index) if len(ids) > 1 else ""
            for ids in shared.values()
            for index, id_ in enumerate(sorted(ids, key=lambda i: (_sort_date(works[i]), i)))
        }
        return {id_: f"{author} {when}{letters[id_]}" for id_, (author, when) in plain.items()}

    def full(self, id_: str) -> Markup:
        """Return the full reference as HTML: authors, year, title with its original, container, address."""
        if id_ not in self._full:
            self._full[id_] = self._reference(id_)
        return self._full[id_]

    def _reference(self, id_: str) -> Markup:
        work = self._corpus.citation(id_)
        parts = [
            _names(work),
            f"{self.labels[id_].rsplit(' ', 1)[-1].rstrip('.')}.",
            _title(work),
            _where(work),
            _address(work),
        ]
        return Markup(" ").join(part if isinstance(part, Markup) else text(part) for part in parts if part)


def date_of(work: Citation) -> Edtf | None:
    """Return the date that a work is known by: its own, or that on a document, or the nearest to it."""
    for facts in (work.dated, work.published, work.adopted, work.in_force):
        if work.date is None and facts:
            return facts[0].value
    return work.date


def year(work: Citation) -> str:
    """Return the year of a work, or ``n.d.``."""
    date = date_of(work)
    return (date.year if date else "") or "n.d."


def short_author(work: Citation) -> str:
    """Return the author part of a short reference: family names, a body, or a shortened title."""
    authors = work.authors
    if not authors and work.type in _DOCUMENTS:
        return _shortened(work.name.en if work.name else work.title)
    if not authors:
        return _shortened(work.container or work.publisher or work.title)
    first = authors[0].family or _shortened(authors[0].name or "")
    if len(authors) == 1:
        return first
    second = authors[1].family or _shortened(authors[1].name or "")
    return f"{first} and {second}" if len(authors) == 2 else f"{first} et al."


def _shortened(name: str, words: int = 5) -> str:
    parts = name.split()
    return name if len(parts) <= words else " ".join(parts[:words]) + " …"


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else _letter(index // 26 - 1) + _letter(index % 26)


def _sort_date(work: Citation) -> str:
    date = date_of(work)
    return date.earliest.isoformat() if date else "9999"


def _names(work: Citation) -> str:
    names = [_name(author, first=index == 0) for index, author in enumerate(work.authors)]
    if not names:
        return f"{(work.container or work.publisher or '').rstrip('.')}." if work.container or work.publisher else ""
    joined = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, and {names[-1]}"
    return joined if joined.endswith(".") else f"{joined}."


def _name(author: Author, *, first: bool) -> str:
    if not author.family:
        latin = author.name or ""
        return f"{latin} {author.zh}" if author.zh and author.zh != latin else latin
    given = author.given or ""
    spelled = f"{author.family}, {given}".rstrip(", ") if first else f"{given} {author.family}".strip()
    return f"{spelled} {author.zh}" if author.zh else spelled


def _title(work: Citation) -> Markup:
    title = text(work.title)
    original = Markup("")
    if work.title_original and work.title_original != work.title:
        original = text(work.title_original)
        if work.language.startswith("zh") or work.translates:
            original = Markup('<span lang="zh-Hans">{}</span>').format(work.title_original)
        if work.title_pinyin:
            original += Markup(" ") + pinyin(work.title_pinyin)
    # A title that brings a mark of its own takes no full stop.
    stop = "" if work.title[-1] in ".?!…" else "."
    if work.type in _QUOTED:
        # The full stop stands inside the quotation marks.
        if not original:
            return Markup("“{}{}”").format(title, stop)
        return Markup("{} [{}].").format(original, Markup("“{}”").format(title))
    shown = Markup("<cite>{}</cite>").format(title)
    return Markup("{} [{}].").format(original, shown) if original else shown + Markup(stop)


def _where(work: Citation) -> str:
    number = f"{work.number[0].value}." if work.number else ""
    # Without an author the container stands in the author's place already.
    place = work.container or "" if work.authors else ""
    volume = " ".join(filter(None, [work.volume, f"({work.issue})" if work.issue else ""]))
    place = " ".join(filter(None, [place, volume])) + (f": {work.pages}" if work.pages else "")
    publisher = work.publisher if work.publisher and work.authors else ""
    date = date_of(work)
    day = date.words if date and len(date.text) > 4 else ""
    parts = [number, *(f"{part.rstrip('.')}." for part in (place, publisher or "", day) if part)]
    return " ".join(filter(None, parts))


def _address(work: Citation) -> Markup:
    address = f"https://doi.org/{work.doi}" if work.doi else work.url
    if not address:
        return Markup("")
    return Markup('<a class="xy-address" href="{}" rel="external">{}</a>.').format(address, _shown(address))


def _shown(address: str) -> str:
    bare = address.split("://", 1)[1]
    return bare if len(bare) <= 70 else bare[:67] + "…"
