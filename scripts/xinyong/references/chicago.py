"""Full references in the author-date style of *The Chicago Manual of Style*, 17th edition (2017), chapters 14 and 15.

A Chinese work has its title in pinyin without tone marks, then in characters, then the translation in brackets. For
documents of state, which the manual leaves to the custom of each country, the order is title, number, issuer, date.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from markupsafe import Markup

from xinyong.markup import pinyin, text
from xinyong.records import Citation
from xinyong.records.citations import Author
from xinyong.source.edtf import Edtf
from xinyong.words import LANGUAGES, REFERENCES

DOCUMENTS = ("law", "policy")
_QUOTED = frozenset({"article", "chapter", "news", "web", "paper", "thesis", "film"})
_PERIODICAL = frozenset({"news", "article", "translation"})
_CUSTODIANS = _PERIODICAL | {"web", "filing", "dataset"}
"""Types of which a container stands in the author's place where no author is named."""

_MOST, _NAMED = 10, 7
"""Of more than ten authors the first seven are named."""

_TONES = frozenset("\u0300\u0301\u0304\u030c")
_STOPS = (".", "?", "!", "…", "。", "？", "！")
_DATE = re.compile(r"(\d{3}[\dX]|\d{2}XX)(?:-(\d\d))?(?:-(\d\d))?")
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_CHINESE_MARKS = "、。《》“”（），：？！"
_STRAIGHT = re.compile(r'"([^"]*)"')


def reference(
    work: Citation, year: str, known_by: Edtf | None, issuers: Sequence[str] = ()
) -> Markup:
    """Return the full reference of a work as HTML.

    ``year`` is its year with the letter that tells it from others, or ``n.d.``; ``known_by`` the date that it is known
    by; ``issuers`` the names of the bodies that issued it, for documents that name no author.
    """
    when = Markup("{}.").format(year.rstrip("."))
    lead, taken = _lead(work)
    title = _title(work)
    opening = [lead, when, title] if lead else [title, when]
    middle = _MIDDLE.get(work.type, _report)(
        work, "" if taken else work.container or "", day(known_by)
    )
    closing = [_accessed(work) if known_by is None else Markup(""), address(work)]
    document = _document(work, issuers) if work.type in DOCUMENTS else []
    return Markup(" ").join(
        part for part in (*opening, _translated(work), *document, *middle, *closing) if part
    )


def day(date: Edtf | None) -> str:
    """Write a date more precise than a year: ``May 22, 2018``, ``May 2018``; empty for a year or none."""
    if date is None:
        return ""
    ends = [_written(part) for part in date.text.split("/") if part != ".."]
    return "–".join(ends) if any(" " in end for end in ends) else ""


def address(work: Citation) -> Markup:
    """Return the address of a work as a link that ends the reference, its DOI before any other; empty for none."""
    found = f"https://doi.org/{work.doi}" if work.doi else work.url
    if not found:
        return Markup("")
    return Markup('<a class="xy-address" href="{}" rel="external">{}</a>.').format(
        found, text(_readable(found))
    )


def _readable(address: str) -> str:
    """Write Chinese in an address as Chinese; whatever else is escaped in it stays so."""
    return _ESCAPED.sub(lambda run: _han(run[0]), address)


def _han(escaped: str) -> str:
    plain = unquote(escaped)
    return (
        plain
        if all("\u3400" <= char <= "\u9fff" or char in _CHINESE_MARKS for char in plain)
        else escaped
    )


def _written(date: str) -> str:
    match = _DATE.match(date)
    assert match, date
    year, month, of_month = match.groups()
    if not month:
        return year.replace("X", "0") + "s" if "X" in year else year
    named = calendar.month_name[int(month)]
    return f"{named} {int(of_month)}, {year}" if of_month else f"{named} {year}"


def _lead(work: Citation) -> tuple[Markup, bool]:
    """Return what stands in the author's place, and whether that is the container."""
    if work.authors:
        return _stopped(_names(work.authors, work.language)), False
    if work.editors:
        role = REFERENCES["editors" if len(work.editors) > 1 else "editor"]
        return Markup("{}, {}").format(_names(work.editors, work.language), role), False
    body = custodian(work)
    if not body:
        return Markup(""), False
    italic = work.type in ("news", "article") and body == work.container
    return _stopped(_italic(body) if italic else text(body), body), body == work.container


def _names(people: Sequence[Author], language: str) -> Markup:
    chinese = language.startswith("zh")
    shown = [
        _name(person, chinese=chinese, first=index == 0) for index, person in enumerate(people)
    ]
    if len(shown) > _MOST:
        return Markup("{}, {}").format(
            Markup(", ").join(map(text, shown[:_NAMED])), REFERENCES["and-others"]
        )
    if len(shown) == 1:
        return text(shown[0])
    # Two names take a comma only where the first is inverted.
    inverted = "," in shown[0] or len(shown) > 2
    last = f"{', ' if inverted else ' '}{REFERENCES['and']} {shown[-1]}"
    return text(", ".join(shown[:-1]) + last)


def _name(author: Author, *, chinese: bool, first: bool) -> str:
    if not author.family:
        latin = author.name or ""
    elif not author.given:
        latin = author.family
    elif chinese:
        latin = f"{author.family} {author.given}"  # in the order of Chinese names there is nothing to invert
    else:
        latin = f"{author.family}, {author.given}" if first else f"{author.given} {author.family}"
    return f"{latin} {author.zh}" if author.zh and author.zh != latin else latin


def _title(work: Citation) -> Markup:
    style = _quoted if work.type in _QUOTED else _set
    original = work.title_original if work.title_original != work.title else None
    english = work.language == "en" or work.type == "translation"
    if not original and (english or work.title_original):
        return style(work.title)
    if not original:
        # Only the translation of the title is known, so the language is said.
        language = REFERENCES["in-language"].format(LANGUAGES.get(work.language[:2], work.language))
        return Markup("{} ({}).").format(style(work.title, stop=""), language)
    if english:
        return Markup("{} [{}].").format(style(work.title, stop=""), text(original))
    if not work.language.startswith("zh"):
        return Markup("{} [{}].").format(style(original, stop=""), text(work.title))
    chinese = Markup('<span lang="zh-Hans">{}</span>').format(original)
    if not work.title_pinyin:
        shown = Markup("“{}”").format(chinese) if style is _quoted else chinese
        return Markup("{} [{}].").format(shown, text(work.title))
    spelled = style(toneless(work.title_pinyin), pinyin, stop="")
    return Markup("{} {} [{}].").format(spelled, chinese, text(work.title))


def toneless(spelled: str) -> str:
    """Return pinyin without tone marks, its first letter a capital: ``Shehui xinyong``; ``ü`` stays."""
    bare = "".join(char for char in unicodedata.normalize("NFD", spelled) if char not in _TONES)
    plain = unicodedata.normalize("NFC", bare)
    first = next((index for index, char in enumerate(plain) if char.isalnum()), 0)
    return plain[:first] + plain[first : first + 1].upper() + plain[first + 1 :]


def custodian(work: Citation) -> str:
    """Return the body that stands in the author's place where no author is named: the newspaper, or the publisher.

    Empty for documents of state and for parts of unknown wholes, which begin with their titles.
    """
    if work.type in DOCUMENTS:
        return ""
    if work.type in _PERIODICAL:
        return work.container or work.publisher or ""
    return work.publisher or (work.container or "" if work.type in _CUSTODIANS else "")


Mark = Callable[[str], Markup]
"""Escapes a text and marks the language of what is not English in it."""


def _quoted(plain: str, mark: Mark = text, stop: str = ".") -> Markup:
    """Set a title in quotation marks; marks within it are single, and the full stop stands inside of both."""
    single = _STRAIGHT.sub(r"‘\1’", plain).replace("“", "‘").replace("”", "’")
    if single.rstrip("’").endswith(_STOPS):
        stop = ""
    if stop and single != plain and single.endswith("’"):
        return Markup("“{}{}’”").format(mark(single[:-1]), stop)
    return Markup("“{}{}”").format(mark(single), stop)


def _set(plain: str, mark: Mark = text, stop: str = ".") -> Markup:
    """Set a title in italics."""
    return Markup("<cite>{}</cite>{}").format(mark(plain), "" if plain.endswith(_STOPS) else stop)


def _italic(plain: str) -> Markup:
    return Markup("<cite>{}</cite>").format(text(plain))


def _stopped(shown: Markup, plain: str = "") -> Markup:
    return shown if (plain or str(shown)).endswith(_STOPS) else shown + Markup(".")


def _translated(work: Citation) -> Markup:
    if not work.translators:
        return Markup("")
    shown = Markup(REFERENCES["translated"]).format(_upright(work.translators, work.language))
    return _stopped(shown)


def _upright(people: Sequence[Author], language: str) -> Markup:
    """Return names none of which is inverted, as after ``edited by``."""
    chinese = language.startswith("zh")
    shown = [_name(person, chinese=chinese, first=False) for person in people]
    if len(shown) < 3:
        return text(f" {REFERENCES['and']} ".join(shown))
    return text(f"{', '.join(shown[:-1])}, {REFERENCES['and']} {shown[-1]}")


def _document(work: Citation, issuers: Sequence[str]) -> list[Markup]:
    number = text(work.number[0].value) if work.number else Markup("")
    named = "; ".join(issuers) if not work.authors else ""
    return [_stopped(part) for part in (number, text(named)) if part]


Middle = Callable[[Citation, str, str], list[Markup]]
"""What stands between title and address: from the work, its container if that does not lead, and its date."""


def _article(work: Citation, container: str, date: str) -> list[Markup]:
    """``Journal 3 (2): 1–9``; the day only where there is neither volume nor issue."""
    place = _italic(container) if container else Markup("")
    if work.volume:
        place += text(f" {work.volume}" + (f" ({work.issue})" if work.issue else ""))
    elif work.issue:
        place += text(f", {REFERENCES['number']} {work.issue}")
    if work.pages:
        place += text(f"{':' if work.volume or work.issue else ','} {_dashed(work.pages)}")
    return _sentence(place, "" if work.volume or work.issue else date)


def _news(work: Citation, container: str, date: str) -> list[Markup]:
    """``Daily, May 22, 2018``; pages of newspapers are left out."""
    return _sentence(_italic(container) if container else Markup(""), date)


def _web(work: Citation, container: str, date: str) -> list[Markup]:
    """``Site. May 22, 2018``."""
    return [*_sentence(text(container)), *_sentence(Markup(""), date)]


def _chapter(work: Citation, container: str, date: str) -> list[Markup]:
    """``In Book, edited by Ann Smith, 1–9. Place: Publisher``."""
    parts = [Markup("{} {}").format(REFERENCES["in"], _italic(container))] if container else []
    if work.editors:
        parts.append(Markup(REFERENCES["edited"]).format(_upright(work.editors, work.language)))
    if work.pages:
        parts.append(text(_dashed(work.pages)))
    return [*_sentence(Markup(", ").join(parts)), *_sentence(_imprint(work))]


def _book(work: Citation, container: str, date: str) -> list[Markup]:
    """``Edited by Ann Smith. Series 3. Place: Publisher``."""
    edited = Markup("")
    if work.authors and work.editors:
        shown = REFERENCES["edited"]
        edited = Markup(shown[:1].upper() + shown[1:]).format(_upright(work.editors, work.language))
    return [
        *_sentence(edited),
        *_sentence(text(_series(work, container))),
        *_sentence(_imprint(work)),
    ]


def _report(work: Citation, container: str, date: str) -> list[Markup]:
    """``Series 3. Place: Publisher, May 2018``: as a book, with the date where it is known."""
    return [*_sentence(text(_series(work, container))), *_sentence(_imprint(work), date)]


def _thesis(work: Citation, container: str, date: str) -> list[Markup]:
    """``Thesis, University``."""
    return _sentence(
        Markup(", ").join(text(part) for part in (REFERENCES["thesis"], work.publisher) if part)
    )


def _paper(work: Citation, container: str, date: str) -> list[Markup]:
    """``Working paper, Institution, May 9, 2018``; a paper in proceedings as a chapter."""
    if container.casefold().startswith("proceedings"):
        return _chapter(work, container, date)
    shown = [] if "paper" in container.casefold() else [REFERENCES["paper"]]
    publisher = work.publisher if work.authors and work.publisher != container else None
    return _sentence(
        Markup(", ").join(text(part) for part in (*shown, container, publisher) if part), date
    )


def _dataset(work: Citation, container: str, date: str) -> list[Markup]:
    """Give ``Data set. Container. Publisher, May 2018``."""
    return [*_sentence(text(REFERENCES["dataset"])), *_report(work, container, date)]


def _film(work: Citation, container: str, date: str) -> list[Markup]:
    """``Series, episode. Broadcaster, October 21, 2016``."""
    episode = ", ".join(filter(None, [work.volume, work.issue]))
    series = _italic(container) if container else Markup("")
    return [*_sentence(Markup(", ").join(part for part in (series, text(episode)) if part)),
            *_sentence(_imprint(work), date)]  # fmt: skip


_MIDDLE: Mapping[str, Middle] = {
    "article": _article,
    "news": _news,
    "web": _web,
    "chapter": _chapter,
    "book": _book,
    "thesis": _thesis,
    "paper": _paper,
    "dataset": _dataset,
    "film": _film,
    "translation": _web,
    "law": _report,
    "policy": _report,
    "report": _report,
    "filing": _report,
}


def _series(work: Citation, container: str) -> str:
    volume = " ".join(
        filter(None, [work.volume, f"({work.issue})" if work.issue and work.volume else work.issue])
    )
    return f"{container} {volume}".strip() if container != work.publisher else volume


def _imprint(work: Citation) -> Markup:
    """Return ``Place: Publisher``; a publisher that stands in the author's place is not repeated."""
    publisher = work.publisher if work.authors or work.editors else None
    return text(": ".join(filter(None, [work.place, publisher])))


def _accessed(work: Citation) -> Markup:
    """Return the day of reading, given only where the work has no date."""
    if not work.accessed or not (work.url or work.doi):
        return Markup("")
    return text(REFERENCES["accessed"].format(day(work.accessed) or work.accessed.text) + ".")


def _sentence(shown: Markup, date: str = "") -> list[Markup]:
    parts = [part for part in (shown, text(date)) if part]
    return [_stopped(Markup(", ").join(parts))] if parts else []


def _dashed(pages: str) -> str:
    return re.sub(r"(?<=\d)-(?=\d)", "–", pages)
