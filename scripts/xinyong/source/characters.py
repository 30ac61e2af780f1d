"""Characters that only look right, that nobody can read, or that a wrong encoding left behind.

A program that copies text out of a PDF puts radicals, ligatures and forms for printing in the
place of characters. They look the same and are not: whoever searches for 信用 does not find 信⽤.
The compatibility forms and what they stand for come from the Unicode Character Database (NFKC, UAX
#15); what the radicals without a decomposition stand for comes from its file
EquivalentUnifiedIdeograph.txt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress

from xinyong.source.prose import Finding

_RADICALS = (
    "2E81厂2E82乛2E83乚2E84乙2E85亻2E86冂2E87𠘨2E88刀2E89刂2E8A卜2E8B㔾2E8C小2E8D小2E8E兀2E8F尣2E90尢2E91𡯂2E92巳"
    "2E93幺2E94彑2E95𫜹2E96忄2E97心2E98扌2E99攵2E9B旡2E9C日2E9D月2E9E歺2EA0民2EA1氵2EA2氺2EA3灬2EA4爫2EA5爫2EA6丬"
    "2EA7牛2EA8犭2EA9王2EAA𤴔2EAB目2EAC示2EAD礻2EAE𥫗2EAF糹2EB0纟2EB1罓2EB2罒2EB3㓁2EB4冗2EB5𦉫2EB6羊2EB7𦍌2EB8𦍋"
    "2EB9耂2EBA肀2EBB聿2EBC肉2EBD𦥑2EBE艹2EBF艹2EC0艹2EC1虎2EC2衤2EC3覀2EC4西2EC5见2EC6角2EC7𧢲2EC8讠2EC9贝2ECA𧾷"
    "2ECB车2ECC辶2ECD辶2ECE辶2ECF邑2ED0钅2ED1長2ED2镸2ED3长2ED4门2ED5𨸏2ED6阝2ED7雨2ED8青2ED9韦2EDA页2EDB风2EDC飞"
    "2EDD食2EDE𩙿2EDF飠2EE0饣2EE1𩠐2EE2马2EE3骨2EE4鬼2EE5鱼2EE6鸟2EE7卤2EE8麦2EE9黄2EEA黾2EEB斉2EEC齐2EED歯2EEE齿"
    "2EEF竜2EF0龙2EF1龜2EF2亀31CF乀31D0一31D1丨31D2丿31D3丿31D4丶31D6乛31DA亅31DD乀31DF乚31E0乙"
)
_MEANT: Mapping[str, str] = {
    chr(int(code, 16)): char for code, char in re.findall(r"([0-9A-F]{4})([^0-9A-F])", _RADICALS)
}

_FORMS = (
    # Parts and other forms of Chinese characters:
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u31c0-\u31e5\uf900-\ufaff\U0002f800-\U0002fa1f"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff65-\uff9f\uffa1-\uffdc"  # full and half width
    # Ligatures and forms inside a word; then upright, small and mathematical signs:
    "\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc"
    "\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6b\u2126\u212a\u212b\U0001d400-\U0001d7ff"
)
_LOOKS = re.compile(rf"[{_FORMS}]+")
_PART = re.compile("[\u2e80-\u2eff\u31c0-\u31ef]")
_MARKED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_MARK_OR_SCRIPT = re.compile("[\u0300-\u04ff]")
_SCRIPTS = re.compile(r"[A-Za-z\u0370-\u03ff\u0400-\u04ff]+")
_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсухһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϳ",
    "ABESIJKMHOPCTXYaesijopcyxhdqwvABEZHIKMNOPTYXoj",
)
_LOST = re.compile(r"[\ufffc\ufffd]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_UPRIGHT = range(0xFE10, 0xFE50)

_HIGH = "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(0x80, 0xC0))
_CODED = re.escape(_HIGH)
_UNUSUAL = re.escape("".join(sorted(set(_HIGH) - set("‘’“”»…–—"))))
_UTF8_AS_WINDOWS = re.compile(
    rf"Ã[{_UNUSUAL}]|Â[\xa0-\xba\xbc-\xbf]|â€[{_CODED}]|"
    rf"(?:[ã-é][{_CODED}]{{2}}){{2,}}|(?:[ÐÑ][{_CODED}]){{3,}}"
)
"""UTF-8 read as Windows-1252: accents and Latin signs, quotation marks, Chinese, Cyrillic.

Only what no language writes: a capital A with a tilde before a sign, or six signs in a row.
"""
_GARBLED_START = re.compile("[ÂÃâã-éÐÑ]")
_UTF8_AS_GBK = re.compile(r"锟斤拷|[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef€]{3,}")
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{2,}")


def plain_characters(text: str) -> str:
    """Return a text with what is meant in the place of characters that only look like it."""
    if text.isascii():
        return text
    composed = _MARKED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    replaced = _LOOKS.sub(lambda match: "".join(map(_meant, match[0])), composed)
    return _SCRIPTS.sub(lambda match: _in_latin(match[0]), replaced)


def strange_characters(text: str) -> Iterator[Finding]:
    """Find the characters that look like others (X605), are lost (X606) or garbled (X607)."""
    if text.isascii():
        return
    garbled = [*_garbled(text)]
    yield from garbled
    for match in _LOST.finditer(text):
        message = f"U+{ord(match[0]):04X} stands where a character was lost"
        yield Finding("X606", f"{message}; write the one that the source has", match[0])
    for match in _PRIVATE.finditer(text):
        message = f"U+{ord(match[0]):04X} means something in one font only"
        yield Finding("X606", f"{message}; write the character that is meant", match[0])
    if not garbled:
        yield from _lookalikes(text)


def _lookalikes(text: str) -> Iterator[Finding]:
    patterns = (_LOOKS, _MARKED, _SCRIPTS) if _MARK_OR_SCRIPT.search(text) else (_LOOKS,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            found, meant = match[0], plain_characters(match[0])
            if meant != found:
                message = f"'{found}' ({_codes(found)}) only looks like '{meant}'; write '{meant}'"
                yield Finding("X605", message, found)
            elif pattern is _LOOKS and _PART.match(found):
                message = f"'{found}' ({_codes(found)}) is part of a character"
                yield Finding("X605", f"{message}; write the whole character", found)


def _meant(char: str) -> str:
    meant = _MEANT.get(char) or unicodedata.normalize("NFKC", char)
    if ord(char) in _UPRIGHT and len(meant) == 1 and "!" <= meant <= "~":
        return chr(ord(meant) + 0xFEE0)  # they stand in Chinese text, whose signs are full-width
    return meant.strip() or char


def _in_latin(word: str) -> str:
    """Return a word in Latin letters if some are, and the others look like them; else as it is."""
    latin = word.translate(_LATIN)
    mixed = any("A" <= char <= "z" for char in word)
    return latin if mixed and latin.isascii() else word


def _garbled(text: str) -> Iterator[Finding]:
    for match in _UTF8_AS_WINDOWS.finditer(text) if _GARBLED_START.search(text) else ():
        yield from _recoded(match[0], _as_windows(match[0]))
    for match in _UTF8_AS_GBK.finditer(text):
        if match[0] == "锟斤拷":
            message = "'锟斤拷' stands where characters were lost; write those that the source has"
            yield Finding("X607", message, match[0])
            continue
        with suppress(UnicodeError):
            data = match[0].encode("gbk")
            if _CHINESE.fullmatch(data.decode("utf-8")):
                yield from _recoded(match[0], data)


def _recoded(found: str, data: bytes) -> Iterator[Finding]:
    with suppress(UnicodeDecodeError):
        meant = data.decode("utf-8")
        message = (
            f"'{_cut(found)}' is '{_cut(meant)}' read in a wrong encoding; write '{_cut(meant)}'"
        )
        yield Finding("X607", message, found)


def _as_windows(text: str) -> bytes:
    return b"".join(char.encode("latin-1" if ord(char) < 0x100 else "cp1252") for char in text)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _codes(text: str) -> str:
    codes = [f"U+{ord(char):04X}" for char in text[:4]]
    return " ".join([*codes, *(["…"] if len(text) > 4 else [])])
