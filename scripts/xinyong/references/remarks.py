"""What a format of references has no field for, said in words.

Every form has some place for words. Without them the English title of a Chinese work would be lost
in most reference managers.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from xinyong.records.citations import Author
from xinyong.references.work import Work
from xinyong.words import REFERENCES


def remarks(work: Work, without: Container[str] = ()) -> Iterator[str]:
    """Yield sentences: the English title, the pinyin, the authors in Chinese.

    ``without`` names further fields of a citation that the format has no place for: ``container``,
    ``publisher``, ``pages``, ``isbn``, ``translators``, ``accessed``.
    """
    record = work.record
    said = [
        ("Title in English", work.translated_title),
        ("Title in pinyin", work.pinyin),
        ("Authors in Chinese", work.chinese_authors),
    ]
    further = {
        "translators": ("Translated by", in_order(record.translators)),
        "container": ("Published in", record.container),
        "publisher": ("Published by", record.publisher),
        "pages": ("Pages", record.pages),
        "isbn": ("ISBN", record.isbn),
        "accessed": ("Accessed", record.accessed.words if record.accessed else ""),
    }
    said += [(label, value or "") for name, (label, value) in further.items() if name in without]
    for label, value in said:
        if value:
            stop = "" if value[-1] in ".?!" else "."
            yield f"{label}: {value}{stop}"


def in_order(people: list[Author]) -> str:
    """Return names as they are spoken: ``Jeremy Daum and Rogier Creemers``."""
    names = [
        " ".join(filter(None, (person.given, person.family))) or person.name or ""
        for person in people
    ]
    return f" {REFERENCES['and']} ".join(names)
