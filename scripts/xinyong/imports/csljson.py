"""Read CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html), one item or a list, into works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xinyong.imports import works
from xinyong.imports.works import NO_TITLE, NO_TYPE, Refused, Work, clean
from xinyong.references.types import FROM_CSL
from xinyong.source import edtf

FIELDS: Mapping[str, str] = {
    "publisher": "publisher", "publisher-place": "place", "volume": "volume", "issue": "issue", "page": "pages",
    "URL": "url", "DOI": "doi", "ISBN": "isbn", "container-title": "container",
}  # fmt: skip
_MADE: Mapping[str, Callable[[str], str]] = {
    "pages": works.pages,
    "doi": works.doi,
    "isbn": works.isbn,
    "url": str.strip,
}
_NAMES = {"author": "authors", "editor": "editors", "translator": "translators"}
_DATES = {
    "date": ("issued", "published", "published-print", "published-online"),
    "accessed": ("accessed",),
}


def read(text: str) -> Iterator[Work | Refused]:
    """Yield the items of a file as works, those that cannot be taken as refusals.

    Places count items, from 1.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        yield _not_json(error.lineno, error.msg)
        return
    except RecursionError:
        yield _not_json(1, "nested too deep")
        return
    except ValueError:
        yield _not_json(1, "a number has too many digits")
        return
    if isinstance(content, dict) and isinstance(content.get("message"), dict):
        content = content["message"]  # Crossref's answer wraps the item
    items = content if isinstance(content, list) else [content]
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield _work(number, item)
        else:
            yield Refused(number, "an item of CSL-JSON is an object; export it again")


def _not_json(line: int, why: str) -> Refused:
    return Refused(line, f"this is not JSON ({why}); export it again as CSL-JSON")


def _work(number: int, item: Mapping[str, Any]) -> Work | Refused:
    key = str(item.get("id") or item.get("DOI") or number)
    kind = FROM_CSL.get(str(item.get("type", "")))
    title = _one(item.get("title"))
    if kind is None:
        return Refused(number, f"'{key}' is of the type '{item.get('type', '')}', which {NO_TYPE}")
    if not title:
        return Refused(number, f"'{key}' {NO_TITLE}")
    work = Work(key, number, {"type": kind})
    _titles(work, item, title)
    for name, target in _NAMES.items():
        people = _people(item.get(name))
        if people:
            work.fields[target] = people
    for name, target in FIELDS.items():
        value = _one(item.get(name))
        if value:
            work.fields[target] = _MADE.get(target, clean)(value)
    _dates(work, item)
    _language(work, str(item.get("language", "")), title)
    return work


def _titles(work: Work, item: Mapping[str, Any], title: str) -> None:
    subtitle = _one(item.get("subtitle"))
    whole = f"{title}: {subtitle}" if subtitle else title
    translation = _one(item.get("title-translation") or item.get("translated-title"))
    work.fields |= works.titles(whole, translation)
    if work.fields.get("title") == work.fields.get("title_original"):
        work.remark("the title has no English translation; write one into the field 'title'")


def _language(work: Work, message: str, title: str) -> None:
    code = works.language(message)
    work.fields["language"] = code or ("zh" if works.has_han(title) else "en")
    if not code:
        work.remark(
            f"the language is not given; '{work.fields['language']}' was taken from the title"
        )


def _people(given: Any) -> list[dict[str, str]]:
    people = given if isinstance(given, list) else []
    persons = [_person(person) for person in people if isinstance(person, dict)]
    return [person for person in persons if person]


def _person(person: Mapping[str, Any]) -> dict[str, str]:
    names = ("dropping-particle", "non-dropping-particle", "family")
    family = clean(" ".join(str(person.get(name, "")) for name in names))
    given = clean(f"{person.get('given', '')} {person.get('suffix', '')}")
    if family:
        return works.person(family, given) if given else works.body(family)
    name = clean(str(person.get("literal") or person.get("name") or ""))
    return works.body(name) if name else {}


def _dates(work: Work, item: Mapping[str, Any]) -> None:
    for target, names in _DATES.items():
        for name in names:
            if isinstance(item.get(name), dict):
                _add_date(work, target, item[name])
                break


def _add_date(work: Work, target: str, given: Mapping[str, Any]) -> None:
    date = _date(given)
    if date:
        work.fields[target] = date
    else:
        shown = json.dumps(given, ensure_ascii=False)[:60]
        work.remark(f"'{target}' is not a date that can be read: {shown}")


def _date(message: Mapping[str, Any]) -> str:
    parts = message.get("date-parts")
    texts = [str(message.get("raw") or message.get("literal") or "")]
    if isinstance(parts, list) and parts and all(isinstance(part, list) and part for part in parts):
        texts = ["/".join(_day(part) for part in parts[:2])]
    try:
        return edtf.parse(texts[0]).text
    except ValueError:
        return ""


def _day(part: list[Any]) -> str:
    year, *others = map(str, part[:3])
    return "-".join([f"{year:0>4}", *(f"{number:0>2}" for number in others)])


def _one(value: Any) -> str:
    """Return a text; of Crossref's lists of texts the first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return clean(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
