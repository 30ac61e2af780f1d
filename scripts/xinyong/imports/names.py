"""Several names in one: how databases of Chinese works write the authors of a work.

CNKI, Wanfang and VIP put ``；``, ``;``, ``，``, ``,`` or ``、`` between them, where BibTeX has ``and``.
"""

from __future__ import annotations

import re

from xinyong.imports.works import has_han
from xinyong.source.han import HAN

COMPOUND = frozenset(
    {
        "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟",
        "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离",
        "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "呼延", "歐陽", "司馬", "諸葛",
    }
)  # fmt: skip
"""Family names of two characters: before a comma they are no person of their own."""

_ENDS = re.compile(r"\s*[;；]\s*")
_CHINESE_ENDS = re.compile(r"\s*[;；、]\s*")
_COMMAS = re.compile(r"\s*[,，]\s*")
_NAME = re.compile(rf"(?:{HAN.pattern}|·){{2,}}")
_OTHERS = re.compile(r"\s*等\s*$")


def apart(written: str) -> list[str]:
    """Return the names that stand in one: two of ``张三；李四``, one of ``林, 钧跃``.

    ``others`` stands in the place of 等.
    """
    chinese = has_han(written)
    written = written.strip(" ,，;；、") if chinese else written.replace("，", ", ")
    parts = [part for part in (_CHINESE_ENDS if chinese else _ENDS).split(written) if part]
    if not chinese:
        return parts
    return [name for part in parts for name in _by_comma(part)]


def is_doubtful(written: str) -> bool:
    """Say whether one name may be several: Chinese words with commas or spaces that tell nothing."""
    words = [word for word in re.split(r"[\s,，]+", written) if word]
    if not all(_is_chinese(word) for word in words):
        return False
    return len(words) > 1 and not (len(words) == 2 and _is_family(words[0]))


def _by_comma(part: str) -> list[str]:
    if _OTHERS.search(part) and len(part.strip()) != 2:
        rest = _OTHERS.sub("", part).rstrip(" ,，")
        return [*(_by_comma(rest) if rest else []), "others"]
    names = [name for name in _COMMAS.split(part) if name]
    several = len(names) > 1 and all(_NAME.fullmatch(name) for name in names)
    if not several or (len(names) == 2 and names[0] in COMPOUND):
        return [part]
    return names


def _is_chinese(word: str) -> bool:
    return all(HAN.match(char) or char == "·" for char in word)


def _is_family(word: str) -> bool:
    return len(word) == 1 or word in COMPOUND
