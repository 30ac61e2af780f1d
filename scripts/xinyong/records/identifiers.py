"""Identifiers whose form says little: ISBNs have a check digit, languages stand in a list."""

from __future__ import annotations

import re
from typing import Annotated

from xinyong.records.types import Matching

_TWO_LETTERS_TEXT = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om
or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO_LETTERS = frozenset(_TWO_LETTERS_TEXT.split())
"""The languages that have a code of two letters (ISO 639-1, a list that is closed)."""

_THREE_LETTERS_TEXT = """
cdo cjy cmn cnp cpx csp czh czo gan hak hsn lzh mnp nan wuu yue mul ceb fil haw hmn
"""
_THREE_LETTERS = frozenset(_THREE_LETTERS_TEXT.split())
"""Codes of three letters (ISO 639-3) that are taken: Chinese languages, several at once (mul)."""

_MEANT = {
    "cn": "zh", "chn": "zh", "chi": "zh", "zho": "zh", "zhs": "zh-Hans", "zht": "zh-Hant",
    "eng": "en",
    "gb": "en-GB", "us": "en-US", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "dut": "nl",
    "nld": "nl", "jp": "ja", "jpn": "ja", "kor": "ko", "spa": "es", "ita": "it", "por": "pt",
    "rus": "ru", "sp": "es", "dk": "da", "cz": "cs", "ua": "uk", "tib": "bo", "bod": "bo",
    "uig": "ug", "mon": "mn", "vn": "vi", "gr": "el",
}  # fmt: skip
"""What people write in the place of a code, and the code."""
_REGIONS_TEXT = """
CN HK MO TW SG MY US GB UK AU CA NZ IE IN DE AT CH FR BE NL LU ES IT PT BR MX RU JP KR
"""
_REGIONS = frozenset(_REGIONS_TEXT.split())
_SCRIPTS = frozenset(["hans", "hant", "latn", "cyrl", "arab", "mong", "tibt"])


def _language_trouble(text: str) -> str:
    first, *rest = text.split("-")
    if first not in _TWO_LETTERS | _THREE_LETTERS:
        meant = _MEANT.get(first)
        table = "the table of languages (ISO 639-1 and a few more)"
        message = f"'{first}' is not in {table}; write one such as 'en'"
        return f"write '{meant}'" if meant else message
    for part in rest:
        if part.lower() not in _SCRIPTS and part.upper() not in _REGIONS:
            return f"'{part}' is no script or country in use here; write '{first}'"
    return ""


def _isbn_trouble(text: str) -> str:
    """Hold an ISBN against its check digit (ISO 2108)."""
    digits = text.replace("-", "")
    figures = [10 if sign == "X" else int(sign) for sign in digits]
    if len(digits) == 13:
        wrong = "X" in digits or sum(n * (3 if i % 2 else 1) for i, n in enumerate(figures)) % 10
    else:
        wrong = sum(n * (10 - i) for i, n in enumerate(figures)) % 11
    return "its last digit does not fit the others; check it against the book" if wrong else ""


def _doi_trouble(text: str) -> str:
    if re.search(r"[;,|](?:doi:)?10\.[0-9]{4,9}/", text):
        return "it holds more than one; write one of them"
    if text.endswith(")") and text.count(")") > text.count("("):
        return f"write '{text[:-1]}'"
    return ""


Doi = Annotated[
    str,
    Matching(
        r'10\.[0-9]{4,9}/[!"$->@-~]*[0-9A-Za-z/()<>+=_-]',
        "a DOI, such as 10.2139/ssrn.3175792 (without https://doi.org/)",
        _doi_trouble,
    ),
]
Isbn = Annotated[
    str,
    Matching(
        r"(?:97[89]-?)?(?:[0-9]-?){9}[0-9X]",
        "an ISBN of 10 or 13 digits",
        _isbn_trouble,
    ),
]
Language = Annotated[
    str,
    Matching(
        r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-[A-Za-z]{2})?",
        "a language code, such as en, zh, nl or de",
        _language_trouble,
    ),
]
