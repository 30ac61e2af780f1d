"""Read CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html), one item or a list, into works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from xinyong.imports import dates, names, works
from xinyong.imports.bibfile import short
from xinyong.imports.works import NO_TITLE, NO_TYPE, Refused, Work, clean
from xinyong.references.types import DOCUMENTS, FROM_CSL

FIELDS: Mapping[str, str] = {
    "publisher": "publisher", "publisher-place": "place", "volume": "volume", "issue": "issue", "page": "pages",
    "URL": "url", "DOI": "doi", "ISBN": "isbn", "container-title": "container",
}  # fmt: skip
SILENT = frozenset(
    {
        "abstract", "categories", "citation-key", "citation-label", "container-title-short", "ISSN", "keyword",
        "PMCID", "PMID", "source", "title-short",
        # What Crossref says of its own record (https://api.crossref.org/swagger-ui/index.html).
        "alternative-id", "assertion", "content-domain", "created", "deposited", "funder", "indexed",
        "is-referenced-by-count", "isbn-type", "issn-type", "journal-issue", "license", "link", "member", "prefix",
        "reference", "reference-count", "references-count", "relation", "resource", "score", "short-container-title",
        "short-title", "subject", "update-policy",
    }
)  # fmt: skip
"""Fields that have no place in a record by design: nothing is said of them."""

_MADE: Mapping[str, Callable[[str], str]] = {
    "pages": works.pages,
    "doi": works.doi,
    "isbn": works.isbn,
    "url": str.strip,
}
_NAMES = {"author": "authors", "editor": "editors", "translator": "translators"}
_TRANSLATIONS = ("title-translation", "translated-title")
_PUBLISHED = ("issued", "published", "published-print", "published-online")


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
    for number, item in enumerate(_items(content), 1):
        if isinstance(item, dict):
            yield _taken(number, item)
        else:
            yield Refused(number, "an item of CSL-JSON is an object; export it again")


def _items(content: Any) -> list[Any]:
    """Return the items of a file, also of an answer of Crossref, which wraps one or a list of them."""
    if isinstance(content, dict) and isinstance(content.get("message"), dict):
        content = content["message"]
    if isinstance(content, dict) and isinstance(content.get("items"), list):
        content = content["items"]
    return content if isinstance(content, list) else [content]


def _not_json(line: int, why: str) -> Refused:
    return Refused(line, f"this is not JSON ({why}); export it again as CSL-JSON")


def _taken(number: int, item: Mapping[str, Any]) -> Work | Refused:
    try:
        return work_of(number, item)
    except (RecursionError, ValueError):
        # One bad item must not stop the others, whatever is wrong with it.
        return Refused(number, "the item cannot be read; export it again as CSL-JSON")


def work_of(
    line: int, item: Mapping[str, Any], called: Mapping[str, str] = MappingProxyType({})
) -> Work | Refused:
    """Return an item as a work, at a place of its file; one that cannot be taken as a refusal.

    ``called`` gives the names of fields by which they are told of, where they have others.
    """
    key = str(item.get("id") or item.get("DOI") or line)
    kind = FROM_CSL.get(str(item.get("type", "")))
    title = _one(item.get("title"))
    if kind is None:
        return Refused(line, f"'{key}' is of the type '{item.get('type', '')}', which {NO_TYPE}")
    if not title:
        return Refused(line, f"'{key}' {NO_TITLE}")
    work = Work(key, line, {"type": kind})
    used = {"id", "type", *_titles(work, item, title)}
    for name, target in _NAMES.items():
        people = _people(work, item.get(name))
        if people:
            work.fields[target] = people
            used.add(name)
    for name, target in FIELDS.items():
        value = _one(item.get(name), _MADE.get(target, clean))
        if value:
            work.fields[target] = value
            used.add(name)
    used |= _others(work, item) | _dates(work, item) | _language(work, item, title)
    for name in sorted(item.keys() - SILENT):
        rest = _more(item[name]) if name in used else _shown(item[name])
        if rest:
            what = f"the field '{called.get(name, name)}' has no place in a record"
            what = f"of the field '{name}' the first was taken, not" if name in used else f"{what}:"
            work.remark(f"{what} {short(rest)}")
    return work


def _titles(work: Work, item: Mapping[str, Any], title: str) -> set[str]:
    subtitle = _one(item.get("subtitle"))
    whole = f"{title}: {subtitle}" if subtitle else title
    given = {name: _one(item.get(name)) for name in (*_TRANSLATIONS, "original-title")}
    translation = given["title-translation"] or given["translated-title"]
    work.fields |= works.titles(whole, translation)
    if work.fields.get("title") == work.fields.get("title_original"):
        work.remark("the title has no English translation; write one into the field 'title'")
    taken = {text for name, text in work.fields.items() if name.startswith("title")}
    return {
        "title",
        *(["subtitle"] if subtitle else []),
        *(name for name, text in given.items() if text in taken),
    }


def _others(work: Work, item: Mapping[str, Any]) -> set[str]:
    """Add what other fields than the usual ones say; return those that were used up."""
    used = set()
    for name in ("event-title", "collection-title"):
        text = _one(item.get(name))
        if text and work.fields.setdefault("container", text) == text:
            used.add(name)
    bodies = item.get("institution")  # Crossref's way to name who issued a report
    if isinstance(bodies, list) and len(bodies) == 1 and isinstance(bodies[0], dict):
        body = _one(bodies[0].get("name"))
        if body and work.fields.setdefault("publisher", body) == body:
            used.add("institution")
    number = _one(item.get("number"))
    if number and work.fields["type"] in DOCUMENTS:
        fact = f"number: {{value: {number}, cite: …}}"
        work.remark(f"a document number is a fact; add '{fact}' with where it was read")
        used.add("number")
    elif number and work.fields.setdefault("issue", number) == number:
        used.add("number")
    return used


def _shown(value: Any) -> str:
    """Return what a field says; empty for nothing."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(filter(None, map(clean, value)))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if any(_texts(value)) else ""
    return "" if value is None or value is False else str(value)


def _texts(value: Any) -> Iterator[str]:
    """Yield all that a value says."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
    else:
        yield _shown(value)


def _more(value: Any) -> str:
    """Return the other texts of a field of which the first was taken."""
    texts = value if isinstance(value, list) else [value]
    others = [clean(text) for text in texts[1:] if isinstance(text, str)]
    return "; ".join(
        dict.fromkeys(text for text in others if text and text != clean(str(texts[0])))
    )


def _language(work: Work, item: Mapping[str, Any], title: str) -> set[str]:
    code = works.language(str(item.get("language", "")))
    work.fields["language"] = code or ("zh" if works.has_han(title) else "en")
    if code:
        return {"language"}
    work.remark(f"the language is not given; '{work.fields['language']}' was taken from the title")
    return set()


def _people(work: Work, given: Any) -> list[dict[str, str]]:
    found = []
    for person in given if isinstance(given, list) else [given]:
        if isinstance(person, str):
            found += _persons(work, {"literal": person})
        elif isinstance(person, dict):
            found += _persons(work, person)
        elif person:
            work.remark(f"'{short(str(person))}' is no name that can be read")
    return found


def _persons(work: Work, person: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the persons that an entry of names stands for: sometimes several, sometimes none."""
    parts = ("dropping-particle", "non-dropping-particle", "family")
    family = clean(" ".join(str(person.get(name) or "") for name in parts))
    given = clean(f"{person.get('given') or ''} {person.get('suffix') or ''}")
    if family and given:
        return [works.person(family, given)]
    whole = family or given or clean(str(person.get("literal") or person.get("name") or ""))
    if not whole and _shown(person):
        work.remark(f"a name without words was left out: {short(_shown(person))}")
    found = []
    for name in names.apart(whole):
        if name == "others":
            work.remark("more names stand there than are named ('等')")
            continue
        if names.is_doubtful(name):
            work.remark(f"'{short(name)}' may be one name or several; look at it")
        found.append(works.body(name))
    return found


def _dates(work: Work, item: Mapping[str, Any]) -> set[str]:
    """Add the dates; return the fields that were used up."""
    used = {name for name in ("accessed",) if _add_date(work, "accessed", item.get(name))}
    published = next((name for name in _PUBLISHED if _shown(item.get(name))), "")
    if published and _add_date(work, "date", item[published]):
        # Crossref repeats the year under several names.
        year = _written(item[published])[:4]
        used |= {name for name in _PUBLISHED if _written(item.get(name))[:4] == year}
    return used


def _add_date(work: Work, target: str, given: Any) -> bool:
    """Add a date, or say that it cannot be read; return whether there was one."""
    text = _written(given)
    if not _shown(given):
        return False
    given = given if isinstance(given, dict) else {"raw": given}
    circa = "~" if given.get("circa") and text and "/" not in text else ""
    date, left = dates.read(f"{text}{circa}")
    if not date:
        shown = json.dumps(given, ensure_ascii=False)
        work.remark(f"'{target}' is not a date that can be read: {short(shown)}")
        return True
    work.fields[target] = date
    if left:
        work.remark(f"of the date '{short(text)}' only '{date}' was taken")
    elif given.get("season"):
        work.remark(f"the season {short(str(given['season']))} of {date} has no place in a date")
    return True


def _written(given: Any) -> str:
    """Return a date as text, whatever form it has."""
    if not isinstance(given, dict):
        return _one(given)
    parts = given.get("date-parts")
    if isinstance(parts, list) and parts and all(isinstance(part, list) and part for part in parts):
        return "/".join(_day(part) for part in parts[:2])
    return str(given.get("raw") or given.get("literal") or "")


def _day(part: list[Any]) -> str:
    year, *others = map(str, part[:3])
    return "-".join([f"{year:0>4}", *(f"{number:0>2}" for number in others)])


def _one(value: Any, made: Callable[[str], str] = clean) -> str:
    """Return a text in its form; of Crossref's lists of texts the first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return made(str(value))
