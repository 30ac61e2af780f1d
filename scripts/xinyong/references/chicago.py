"""Full references in the author-date style of *The Chicago Manual of Style*, 17th edition (2017).

Its chapters 14 and 15 hold. A Chinese work has its title in pinyin without tone marks, then in
characters, then the translation in brackets. For documents of state, which the manual leaves to
the custom of each country, the order is title, number, issuer, date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from xinyong.records import Citation
from xinyong.records.citations import Author
from xinyong.references.pieces import Language, Run, Runs, as_text, fill, italic, join, run
from xinyong.references.types import DOCUMENTS, TYPES
from xinyong.source.edtf import Edtf
from xinyong.words import DATES, LANGUAGES, REFERENCES

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
) -> Runs:
    """Return the full reference of a work.

    ``year`` is its year with the letter that tells it from others, or ``n.d.``; ``known_by`` the
    date that it is known by; ``issuers`` the names of the bodies that issued it, for documents
    that name no author.
    """
    lead, leads_with_container = _lead(work)
    when = run(f"{year.rstrip('.')}.")
    title = _title(work)
    opening = [lead, when, title] if lead else [title, when]
    document = _document(work, issuers) if work.type in DOCUMENTS else []
    container = "" if leads_with_container else work.container or ""
    middle = _MIDDLE.get(work.type, _report)(work, container, day(known_by))
    accessed = _accessed(work) if known_by is None else ()
    parts = [*opening, _translated(work), *document, *middle, accessed, address(work)]
    return join(" ", parts)


def day(date: Edtf | None) -> str:
    """Write a date more precise than a year: ``May 22, 2018``, ``May 2018``; else nothing."""
    if date is None:
        return ""
    ends = [_written(end) for end in date.text.split("/") if end != ".."]
    written = "–".join(ends)
    return written if " " in written else ""


def address(work: Citation) -> Runs:
    """Return the link that ends a reference, to its DOI before any other; nothing for none."""
    url = work.doi_url or work.url
    return (Run(_readable(url), address=url), Run(".")) if url else ()


def _readable(url: str) -> str:
    """Write Chinese in an address as Chinese; whatever else is escaped in it stays so."""
    return _ESCAPED.sub(lambda escaped: _unescaped_chinese(escaped[0]), url)


def _unescaped_chinese(escaped: str) -> str:
    plain = unquote(escaped)
    for char in plain:
        if not "\u3400" <= char <= "\u9fff" and char not in _CHINESE_MARKS:
            return escaped
    return plain


def _written(date: str) -> str:
    match = _DATE.match(date)
    assert match, date
    year, month, of_month = match.groups()
    if month and of_month:
        return REFERENCES["day"].format(month=DATES[month], day=int(of_month), year=year)
    if month:
        return DATES["month"].format(month=DATES[month], year=year)
    return DATES["decade"].format(year.replace("X", "0")) if "X" in year else year


def _lead(work: Citation) -> tuple[Runs, bool]:
    """Return what stands in the author's place, and whether that is the container."""
    if work.authors:
        return _stopped(run(_names(work.authors, work.language))), False
    if work.editors:
        role = REFERENCES["editors" if len(work.editors) > 1 else "editor"]
        return run(f"{_names(work.editors, work.language)}, {role}"), False
    body = custodian(work)
    if body and body == work.container:
        is_journal = work.type in ("news", "article")
        return _stopped(italic(body) if is_journal else run(body)), True
    return _stopped(run(body)), False


def _names(people: Sequence[Author], language: str) -> str:
    """Write names, the first of them inverted, as they stand before the year."""
    chinese = language.startswith("zh")
    first, *others = people
    names = [_name(first, chinese=chinese, inverted=True)]
    names += [_name(person, chinese=chinese) for person in others]
    if len(names) > _MOST:
        return f"{', '.join(names[:_NAMED])}, {REFERENCES['and-others']}"
    # Two names take a comma only where the first is inverted.
    comma = "," in names[0] or len(names) > 2
    return _listed(names, comma=comma)


def _upright(people: Sequence[Author], language: str) -> Runs:
    """Return names none of which is inverted, as after ``edited by``."""
    chinese = language.startswith("zh")
    names = [_name(person, chinese=chinese) for person in people]
    return run(_listed(names, comma=len(names) > 2))


def _listed(names: Sequence[str], *, comma: bool) -> str:
    *first, last = names
    if not first:
        return last
    return f"{', '.join(first)}{',' if comma else ''} {REFERENCES['and']} {last}"


def _name(author: Author, *, chinese: bool, inverted: bool = False) -> str:
    if not author.family:
        latin = author.name or ""
    elif not author.given:
        latin = author.family
    elif chinese:
        # In the order of Chinese names there is nothing to invert.
        latin = f"{author.family} {author.given}"
    elif inverted:
        latin = f"{author.family}, {author.given}"
    else:
        latin = f"{author.given} {author.family}"
    return f"{latin} {author.zh}" if author.zh and author.zh != latin else latin


def _title(work: Citation) -> Runs:
    original = work.title_original if work.title_original != work.title else None
    english = work.language == "en" or work.type == "translation"
    if original:
        return (
            *_original_title(work, original, english=english),
            *_bracketed(work, original, english),
        )
    if english or work.title_original:
        return _styled(work, work.title)
    # Only the translation of the title is known, so the language is said.
    language = LANGUAGES.get(work.language[:2], work.language)
    note = REFERENCES["in-language"].format(language)
    return (*_styled(work, work.title, stop=""), Run(f" ({note})."))


def _original_title(work: Citation, original: str, *, english: bool) -> Runs:
    """Return a title as the work itself has it, without a full stop."""
    if english:
        return _styled(work, work.title, stop="")
    if not work.language.startswith("zh"):
        return _styled(work, original, stop="")
    chinese = Run(original, language="chinese")
    if work.title_pinyin:
        spelled = _styled(work, toneless(work.title_pinyin), "pinyin", stop="")
        return (*spelled, Run(" "), chinese)
    return (Run("“"), chinese, Run("”")) if TYPES[work.type].quoted else (chinese,)


def _bracketed(work: Citation, original: str, english: bool) -> Runs:
    """Return the title in the other language in brackets, which end the title."""
    return (Run(" ["), Run(original if english else work.title), Run("]."))


def toneless(spelled: str) -> str:
    """Return pinyin without tone marks and with a capital: ``Shehui xinyong``; ``ü`` stays."""
    bare = "".join(char for char in unicodedata.normalize("NFD", spelled) if char not in _TONES)
    plain = unicodedata.normalize("NFC", bare)
    for index, char in enumerate(plain):
        if char.isalnum():
            return plain[:index] + char.upper() + plain[index + 1 :]
    return plain


def custodian(work: Citation) -> str:
    """Return the body that stands in the author's place where no author is named.

    It is the newspaper, or the publisher; nothing for documents of state and for parts of unknown
    wholes, which begin with their titles.
    """
    if work.type in DOCUMENTS:
        return ""
    container = (work.container if work.type in _CUSTODIANS else "") or ""
    publisher = work.publisher or ""
    if work.type in _PERIODICAL:
        return container or publisher
    return publisher or container


def _styled(work: Citation, plain: str, language: Language = "", stop: str = ".") -> Runs:
    """Set a title in quotation marks or in italics, as its type has it; our own description as it is."""
    if work.title_is_ours and plain == work.title:
        return (Run(plain, language=language), *run("" if plain.endswith(_STOPS) else stop))
    if TYPES[work.type].quoted:
        return _quoted(plain, language, stop)
    stop = "" if plain.endswith(_STOPS) else stop
    return (Run(plain, italic=True, language=language), *run(stop))


def _quoted(plain: str, language: Language, stop: str) -> Runs:
    """Set a title in quotation marks.

    Marks within it are single, and the full stop stands inside of both.
    """
    single = _STRAIGHT.sub(r"‘\1’", plain).replace("“", "‘").replace("”", "’")
    if single.rstrip("’").endswith(_STOPS):
        stop = ""
    if stop and single != plain and single.endswith("’"):
        return (Run("“"), Run(single[:-1], language=language), Run(f"{stop}’”"))
    return (Run("“"), Run(single, language=language), Run(f"{stop}”"))


def _stopped(runs: Runs) -> Runs:
    return (*runs, Run(".")) if runs and not as_text(runs).endswith(_STOPS) else runs


def _translated(work: Citation) -> Runs:
    if not work.translators:
        return ()
    return _stopped(fill(REFERENCES["translated"], _upright(work.translators, work.language)))


def _document(work: Citation, issuers: Sequence[str]) -> list[Runs]:
    number = work.number[0].value if work.number else ""
    issued_by = "" if work.authors else "; ".join(issuers)
    return [_stopped(run(number)), _stopped(run(issued_by))]


Middle = Callable[[Citation, str, str], list[Runs]]
"""What stands between title and address.

It is made from the work, its container if that does not lead, and its date.
"""


def _article(work: Citation, container: str, date: str) -> list[Runs]:
    """``Journal 3 (2): 1–9``; the day only where there is neither volume nor issue."""
    numbered = bool(work.volume or work.issue)
    place = (*italic(container), *run(_volume_of_journal(work)))
    if work.pages:
        mark = ":" if numbered else ","
        place += run(f"{mark} {_dashed(work.pages)}")
    return [_sentence(place, "" if numbered else date)]


def _volume_of_journal(work: Citation) -> str:
    if not work.volume:
        return f", {REFERENCES['number']} {work.issue}" if work.issue else ""
    return f" {work.volume} ({work.issue})" if work.issue else f" {work.volume}"


def _news(work: Citation, container: str, date: str) -> list[Runs]:
    """``Daily, May 22, 2018``; pages of newspapers are left out."""
    return [_sentence(italic(container), date)]


def _web(work: Citation, container: str, date: str) -> list[Runs]:
    """``Site. May 22, 2018``."""
    return [_sentence(run(container)), _sentence(run(date))]


def _chapter(work: Citation, container: str, date: str) -> list[Runs]:
    """``In Book, edited by Ann Smith, 1–9. Place: Publisher``."""
    parts: list[Runs] = []
    if container:
        parts.append((Run(f"{REFERENCES['in']} "), *italic(container)))
    if work.editors:
        parts.append(fill(REFERENCES["edited"], _upright(work.editors, work.language)))
    parts.append(run(_dashed(work.pages or "")))
    return [_sentence(join(", ", parts)), _sentence(_imprint(work))]


def _book(work: Citation, container: str, date: str) -> list[Runs]:
    """``Edited by Ann Smith. Series 3. Place: Publisher``."""
    edited: Runs = ()
    if work.authors and work.editors:
        template = REFERENCES["edited"]
        template = template[:1].upper() + template[1:]
        edited = fill(template, _upright(work.editors, work.language))
    return [_sentence(edited), _sentence(_series(work, container)), _sentence(_imprint(work))]


def _report(work: Citation, container: str, date: str) -> list[Runs]:
    """``Series 3. Place: Publisher, May 2018``: as a book, with the date where it is known."""
    return [_sentence(_series(work, container)), _sentence(_imprint(work), date)]


def _thesis(work: Citation, container: str, date: str) -> list[Runs]:
    """``Thesis, University``."""
    return [_sentence(join(", ", [run(REFERENCES["thesis"]), run(work.publisher or "")]))]


def _paper(work: Citation, container: str, date: str) -> list[Runs]:
    """``Working paper, Institution, May 9, 2018``; a paper in proceedings as a chapter."""
    if container.casefold().startswith("proceedings"):
        return _chapter(work, container, date)
    genre = "" if "paper" in container.casefold() else REFERENCES["paper"]
    publisher = ""
    if work.authors and work.publisher != container:
        publisher = work.publisher or ""
    return [_sentence(join(", ", [run(genre), run(container), run(publisher)]), date)]


def _dataset(work: Citation, container: str, date: str) -> list[Runs]:
    """Give ``Data set. Container. Publisher, May 2018``."""
    return [_sentence(run(REFERENCES["dataset"])), *_report(work, container, date)]


def _film(work: Citation, container: str, date: str) -> list[Runs]:
    """``Series, episode. Broadcaster, October 21, 2016``."""
    episode = join(", ", [run(work.volume or ""), run(work.issue or "")])
    series = join(", ", [italic(container), episode])
    return [_sentence(series), _sentence(_imprint(work), date)]


_MIDDLE: Mapping[str, Middle] = {
    "article": _article,
    "news": _news,
    "web": _web,
    "translation": _web,
    "chapter": _chapter,
    "book": _book,
    "thesis": _thesis,
    "paper": _paper,
    "dataset": _dataset,
    "film": _film,
}
"""Types that are not here are set as reports."""


def _series(work: Citation, container: str) -> Runs:
    issue = f"({work.issue})" if work.issue and work.volume else work.issue
    numbers = " ".join(filter(None, [work.volume, issue]))
    if container == work.publisher:
        return run(numbers)
    return run(f"{container} {numbers}".strip())


def _imprint(work: Citation) -> Runs:
    """Return ``Place: Publisher``; a publisher in the author's place is not repeated."""
    publisher = work.publisher if work.authors or work.editors else None
    return run(": ".join(filter(None, [work.place, publisher])))


def _accessed(work: Citation) -> Runs:
    """Return the day of reading, given only where the work has no date."""
    if not work.accessed or not (work.url or work.doi):
        return ()
    date = day(work.accessed) or work.accessed.text
    return run(f"{REFERENCES['accessed'].format(date)}.")


def _sentence(runs: Runs, date: str = "") -> Runs:
    return _stopped(join(", ", [runs, run(date)]))


def _dashed(pages: str) -> str:
    return re.sub(r"(?<=\d)-(?=\d)", "–", pages)
