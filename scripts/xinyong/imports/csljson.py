"""Read CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html), one item or a list, into works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xinyong.imports import dates, names, works
from xinyong.imports.works import NO_TITLE, NO_TYPE, Refused, Work, clean
from xinyong.references.types import DOCUMENTS, FROM_CSL

FIELDS: Mapping[str, str] = {
    "publisher": "publisher", "publisher-place": "place", "volume": "volume", "issue": "issue", "page": "pages",
    "URL": "url", "DOI": "doi", "ISBN": "isbn", "container-title": "container",
}  # fmt: skip
NO_PLACE = (
    "annote", "archive", "archive_location", "call-number", "collection-editor", "collection-title", "container-author",
    "director", "edition", "event", "event-place", "event-title", "genre", "interviewer", "medium", "note", "number",
    "number-of-volumes", "original-author", "original-date", "original-title", "recipient", "reviewed-author",
    "reviewed-title", "section", "status", "version",
)  # fmt: skip
"""What tells of the work and has no place in a record, unless one is found for it here."""

_MADE: Mapping[str, Callable[[str], str]] = {
    "pages": works.pages,
    "doi": works.doi,
    "isbn": works.isbn,
    "url": str.strip,
}
_NAMES = {"author": "authors", "editor": "editors", "translator": "translators"}
_TARGETS_OF_DATES = {
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
            yield work_of(number, item)
        else:
            yield Refused(number, "an item of CSL-JSON is an object; export it again")


def _not_json(line: int, why: str) -> Refused:
    return Refused(line, f"this is not JSON ({why}); export it again as CSL-JSON")


def work_of(line: int, item: Mapping[str, Any]) -> Work | Refused:
    """Return an item as a work, at a place of its file; one that cannot be taken as a refusal."""
    key = str(item.get("id") or item.get("DOI") or line)
    kind = FROM_CSL.get(str(item.get("type", "")))
    title = _one(item.get("title"))
    if kind is None:
        return Refused(line, f"'{key}' is of the type '{item.get('type', '')}', which {NO_TYPE}")
    if not title:
        return Refused(line, f"'{key}' {NO_TITLE}")
    work = Work(key, line, {"type": kind})
    _titles(work, item, title)
    for name, target in _NAMES.items():
        people = _people(work, item.get(name))
        if people:
            work.fields[target] = people
    for name, target in FIELDS.items():
        value = _one(item.get(name), _MADE.get(target, clean))
        if value:
            work.fields[target] = value
    used = _others(work, item)
    _dates(work, item)
    _language(work, str(item.get("language", "")), title)
    for name in NO_PLACE:
        shown = _shown(item.get(name))
        if shown and name not in used:
            work.remark(f"the field '{name}' has no place in a record: {shown[:60]}")
    return work


def _others(work: Work, item: Mapping[str, Any]) -> set[str]:
    """Add what other fields than the usual ones say; return those that were used up."""
    used = set()
    for name in ("event-title", "collection-title"):
        text = _one(item.get(name))
        if text and work.fields.setdefault("container", text) == text:
            used.add(name)
    number = _one(item.get("number"))
    if number and work.fields["type"] in DOCUMENTS:
        fact = f"number: {{value: {number}, cite: …}}"
        work.remark(f"a document number is a fact; add '{fact}' with where it was read")
        used.add("number")
    elif number and work.fields.setdefault("issue", number) == number:
        used.add("number")
    return used


def _shown(value: Any) -> str:
    """Return what a field says; empty for nothing and for what is no text of its own."""
    if isinstance(value, list | dict):
        given = value if isinstance(value, dict) else (value[0] if value else "")
        if isinstance(given, dict):
            return json.dumps(value, ensure_ascii=False) if given else ""
    return _one(value)


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


def _people(work: Work, given: Any) -> list[dict[str, str]]:
    found = []
    for person in given if isinstance(given, list) else []:
        if isinstance(person, dict):
            found += _persons(work, person)
    return found


def _persons(work: Work, person: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the persons that an entry of names stands for: sometimes several, sometimes none."""
    parts = ("dropping-particle", "non-dropping-particle", "family")
    family = clean(" ".join(str(person.get(name) or "") for name in parts))
    given = clean(f"{person.get('given') or ''} {person.get('suffix') or ''}")
    if family and given:
        return [works.person(family, given)]
    whole = family or given or clean(str(person.get("literal") or person.get("name") or ""))
    found = []
    for name in names.apart(whole):
        if name == "others":
            work.remark("more names stand there than are named ('等')")
            continue
        if names.is_doubtful(name):
            work.remark(f"'{name[:60]}' may be one name or several; look at it")
        found.append(works.body(name))
    return found


def _dates(work: Work, item: Mapping[str, Any]) -> None:
    for target, sources in _TARGETS_OF_DATES.items():
        for name in sources:
            if isinstance(item.get(name), dict):
                _add_date(work, target, item[name])
                break


def _add_date(work: Work, target: str, given: Mapping[str, Any]) -> None:
    parts = given.get("date-parts")
    if isinstance(parts, list) and parts and all(isinstance(part, list) and part for part in parts):
        text = "/".join(_day(part) for part in parts[:2])
    else:
        text = str(given.get("raw") or given.get("literal") or "")
    circa = "~" if given.get("circa") and "/" not in text else ""
    date, left = dates.read(f"{text}{circa}")
    if not date:
        shown = json.dumps(given, ensure_ascii=False)[:60]
        work.remark(f"'{target}' is not a date that can be read: {shown}")
        return
    work.fields[target] = date
    if left:
        work.remark(f"of the date '{text[:60]}' only '{date}' was taken")
    elif given.get("season"):
        work.remark(f"the season {str(given['season'])[:20]} of {date} has no place in a date")


def _day(part: list[Any]) -> str:
    year, *others = map(str, part[:3])
    return "-".join([f"{year:0>4}", *(f"{number:0>2}" for number in others)])


def _one(value: Any, made: Callable[[str], str] = clean) -> str:
    """Return a text in its form; of Crossref's lists of texts the first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return made(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
