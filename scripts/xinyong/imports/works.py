"""A work as a reference manager knows it, on its way to a citation's record.

Texts, names, titles, languages.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xinyong.source.han import HAN

LANGUAGES: Mapping[str, str] = {
    "english": "en", "american": "en", "british": "en", "usenglish": "en", "ukenglish": "en", "australian": "en",
    "canadian": "en", "英文": "en", "eng": "en",
    "chinese": "zh", "mandarin": "zh", "中文": "zh", "汉语": "zh", "chi": "zh", "zho": "zh", "pinyin": "zh",
    "german": "de", "ngerman": "de", "deutsch": "de", "austrian": "de", "ger": "de", "deu": "de",
    "french": "fr", "français": "fr", "fre": "fr", "fra": "fr",
    "dutch": "nl", "nederlands": "nl", "japanese": "ja", "日文": "ja", "spanish": "es", "italian": "it",
    "portuguese": "pt", "brazilian": "pt", "korean": "ko", "russian": "ru", "swedish": "sv", "danish": "da",
}  # fmt: skip
"""Languages as babel, libraries and Chinese databases name them, with their codes (ISO 639-1)."""

IN_MANAGER = "in the reference manager and export again"
NO_TITLE = f"has no title; give it one {IN_MANAGER}"
NO_TYPE = f"is no type of source here; choose another {IN_MANAGER}"

_HAN_RUN = re.compile(rf"{HAN.pattern}(?:.*{HAN.pattern})?[）〕》〉」』”号]?")
_BRACKETS = re.compile(r"\s*[\[［]([^\[\]［］]+)[\]］]\s*$")
_ISBN = re.compile(r"97[89](?:[-\s]?\d){10}|\d(?:[-\s]?\d){8}[-\s]?[\dX]")
_DOI_LABEL = re.compile(
    r"^(?:(?:https?://)?(?:www\.)?(?:dx\.)?doi\.org/|(?:doi|digital object identifier)\b[:：]?\s*)+",
    re.IGNORECASE,
)
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?\Z")
_TAG = re.compile(
    r"</?(?:[a-z]+:[a-z-]+|a|b|br|bold|div|em|font|i|inf|italic|math|mi|mn|mo|mrow|msub|msup|mtext|p"
    r"|sc|scp|small|span|strike|strong|sub|sup|title|tt|u|underline)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""The tags that titles from Crossref, Zotero and publishers have; other angle brackets are text."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_FORMS = re.compile(
    "[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff65-\uff9f"
    "\ufb00-\ufb06\ufe70-\ufefc]"
)
"""Radicals and compatibility forms of characters, full-width letters and digits, ligatures: a PDF
has them."""


@dataclass(frozen=True)
class Remark:
    """Something that could not be taken over as it was: where in the file, and what."""

    line: int
    text: str


@dataclass
class Work:
    """A work read from a file.

    Its key and line there, the fields of its record, and what could not be taken.
    """

    key: str
    line: int
    fields: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, text: str, line: int = 0) -> None:
        """Note something that a person should know of, at a line of the file."""
        self.remarks.append(Remark(line or self.line, text))


@dataclass(frozen=True)
class Refused:
    """An entry that could not be taken at all."""

    line: int
    text: str


def readable(text: str) -> str:
    """Return a text without unseen characters, and with the characters that are meant in the place of forms of them.

    The forms are replaced as in NFKC (https://www.unicode.org/reports/tr15/); the signs of Chinese
    text stay.
    """
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), _UNSEEN.sub("", text))


def unescaped(text: str) -> str:
    """Return a text with characters in the place of entities, also of those escaped twice."""
    for _ in range(2):
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def clean(text: str) -> str:
    """Return a text on one line, composed (NFC), without markup, entities, invisible characters."""
    flat = _TAG.sub("", readable(unescaped(text)))
    return " ".join(unicodedata.normalize("NFC", flat).split())


def language(message: str) -> str:
    """Return the code of a language that a file names, such as ``zh-CN``, ``ngerman``, ``中文``.

    Empty if unknown.
    """
    plain = message.strip().strip(";；.").casefold()
    first = re.split(r"[-_ ;,/]", plain, maxsplit=1)[0]
    code = _CODE.match(plain)
    return LANGUAGES.get(plain) or LANGUAGES.get(first) or (code[1] if code else "")


def has_han(text: str) -> bool:
    """Say whether a text has Chinese characters."""
    return HAN.search(text) is not None


def titles(title: str, translation: str = "", pinyin: str = "") -> dict[str, str]:
    """Part a title into the fields of a record: English, original, pinyin.

    Understands ``Guānyú … 关于… [Provisions …]`` in two or three of its parts, and a translation
    given apart. A Chinese title without a translation stands in both places, since nothing is
    translated here.
    """
    bracket = _BRACKETS.search(title)
    if bracket and not translation:
        before, inside = title[: bracket.start()], bracket[1].strip()
        if has_han(before) and not has_han(inside):
            title, translation = before, inside
    run = _HAN_RUN.search(title)
    if not run:
        return {"title": translation, "title_original": title} if translation else {"title": title}
    start, end = run.span()
    if start and title[start - 1] in "《〈「『“（〔":
        start -= 1
    latin, rest, original = title[:start].strip(), title[end:].strip(), title[start:end]
    if not _is_pinyin(latin):
        # A Chinese name inside a title in another language belongs to that title.
        if not translation and (latin or rest):
            return {"title": title}
        original, latin = title.strip(), ""
    return _given(
        title=translation or original, title_original=original, title_pinyin=pinyin or latin
    )


def person(family: str, given: str) -> dict[str, str]:
    """Return the fields of a person's name.

    A Chinese name that stands beside the Latin one is told apart.
    """
    family, given = clean(family), clean(given)
    both = f"{family} {given}"
    if not has_han(both):
        return {"family": family, **_given(given=given)}
    han = "".join(char for char in both if HAN.match(char) or char == "·")
    latin = clean(_without_han(family))
    if latin:
        return _given(family=latin, given=clean(_without_han(given)), zh=han)
    return {"name": han, "zh": han}


def _given(**fields: str) -> dict[str, str]:
    """Return fields without those that are empty."""
    return {name: text for name, text in fields.items() if text}


def body(name: str) -> dict[str, str]:
    """Return the fields of a body's name.

    A Chinese name that stands beside another one is told apart.
    """
    name = clean(name)
    if not has_han(name):
        return {"name": name}
    run = _HAN_RUN.search(name)
    assert run, "the name has Chinese characters"
    latin = clean(f"{name[: run.start()]} {name[run.end() :]}").strip("()（）[]/,; ")
    return {"name": latin or name, "zh": run.group() if latin else name}


def doi(message: str) -> str:
    """Return a DOI without the address or label before it, the brackets around it, the point behind it."""
    given = readable(unescaped(message)).strip()
    if given.startswith("<") and given.endswith(">"):
        given = given[1:-1].strip()
    bare = _DOI_LABEL.sub("", given)
    return bare.rstrip(".,;") if bare.startswith("10.") else given


def isbn(message: str) -> str:
    """Return the first of the ISBNs that a field gives."""
    return next(iter(isbns(message)), message.strip())


def isbns(message: str) -> list[str]:
    """Return the ISBNs that a field gives; of one with 10 and with 13 digits the first."""
    found: dict[str, str] = {}
    for given in _ISBN.findall(message.upper()):
        digits = re.sub(r"[-\s]", "", given)
        found.setdefault(digits[-10:-1], re.sub(r"\s", "-", given))
    return [*found.values()]


def pages(message: str) -> str:
    """Return a range of pages with the dash between its ends."""
    return re.sub(r"\s*(?:-{1,3}|–|—)\s*", "–", message.strip())


def _is_pinyin(latin: str) -> bool:
    return bool(latin) and any(char in "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ" for char in latin.casefold())


def _without_han(text: str) -> str:
    return "".join(" " if HAN.match(char) else char for char in text)
