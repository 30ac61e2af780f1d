"""Links and cites: they lead to records that exist, of the right kind.

Sources are used as they were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xinyong.corpus import Entry, Use
from xinyong.problems import Problem, a, nearest
from xinyong.records import Citation, Term
from xinyong.records.types import SINGULAR, Link
from xinyong.rules import Context, addresses_of, problem


def links_resolve(entry: Entry, context: Context) -> Iterator[Problem]:
    """X204, X205: a link leads to a record, of a kind that belongs there."""
    for use in entry.links:
        if use.target in context.corpus.unread:
            continue
        if use.kinds:
            target = context.corpus.entries.get(use.target)
            if target is None or target.kind not in use.kinds:
                yield from _field_link(entry, context, use)
        elif use.target not in context.corpus:
            otherwise = "write the id of a record that is there, or add this one first"
            hint = nearest(use.target, context.corpus.entries, otherwise, open_ended=True)
            message = f"unknown record '{use.target}'{hint}"
            yield problem(entry, "X204", message, use.path, f"[[{use.target}")


def cites_resolve(entry: Entry, context: Context) -> Iterator[Problem]:
    """X206: a cite leads to a citation."""
    for use in entry.cites:
        target = context.corpus.entries.get(use.target)
        if target is None or target.kind != "citations":
            yield from _citation_exists(entry, context, use)


def unread_only_via(entry: Entry, context: Context) -> Iterator[Problem]:
    """X207: a citation of which nothing was read is cited only via a work that was read."""
    for use in entry.cites:
        if use.via or use.cite is None:
            continue
        read = use.cite.read.id
        work = context.corpus.entries.get(read)
        if work and isinstance(work.record, Citation) and work.record.read == "none":
            message = f"nothing was read of '{read}'; cite it as '{read} via' the work that it was seen in"
            yield problem(entry, "X207", message, use.path, read)


def former_ids_are_free(entry: Entry, context: Context) -> Iterator[Problem]:
    """X208: an id under 'formerly' belongs to no other record.

    Its own only where its kind was another.
    """
    for index, (kind, former) in enumerate(entry.formers):
        if taken := _taken(entry, kind, former, context):
            message = f"the address of '{former}' leads to {taken.file} already; take it out here, or there"
            yield problem(entry, "X208", message, ("formerly", index))


def terms_are_no_kinds_of_themselves(entry: Entry, context: Context) -> Iterator[Problem]:
    """X212: no way up through 'broader' leads back to the term that it began from."""
    for index, link in enumerate(_broader(entry)):
        way = _way_up(link.id, entry.id, context)
        if way:
            shown = " → ".join((entry.id, *way))
            message = (
                f"the term would be a kind of itself ({shown}); take the wrong one of these out"
            )
            yield problem(entry, "X212", message, ("broader", index))


def _way_up(start: str, goal: str, context: Context) -> list[str]:
    """Return the shortest way from a term up to another, both included; empty where none is."""
    ways = [[start]]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        above = context.corpus.entries.get(way[-1])
        for link in _broader(above) if above else ():
            if link.id not in seen:
                seen.add(link.id)
                ways.append([*way, link.id])
    return []


def _broader(entry: Entry) -> Sequence[Link]:
    return entry.record.broader if isinstance(entry.record, Term) else ()


def _taken(entry: Entry, kind: str, former: str, context: Context) -> Entry | None:
    """Return the record that has an id already, or had it before.

    Files of references are named by ids alone.
    """
    present = context.corpus.entries.get(former)
    if present and (present is not entry or kind == entry.kind):
        return present
    return next((other for other in context.formers.get(former, ()) if other is not entry), None)


def addresses_differ(entry: Entry, context: Context) -> Iterator[Problem]:
    """X211: no two sources have one address or DOI, but for a copy or a translation and what it repeats."""
    for field, address in addresses_of(entry).items():
        for other in context.addresses[address]:
            if other.id < entry.id and not _may_share(entry, other):
                message = (
                    f"{other.file} has this address already; make one record of the two, "
                    "or say with 'derived_from' or 'translates' that one repeats the other"
                )
                yield problem(entry, "X211", message, (field,))


def _may_share(one: Entry, other: Entry) -> bool:
    """Say whether two sources can stand at one address: one repeats the other, or a page has two languages."""
    works = one.record, other.record
    languages = {work.language for work in works if isinstance(work, Citation)}
    return len(languages) > 1 or other.id in _repeated(one) or one.id in _repeated(other)


def _repeated(entry: Entry) -> set[str]:
    """Return the ids of the works that a source says it repeats."""
    work = entry.record
    if not isinstance(work, Citation):
        return set()
    translated = {work.translates.id} if work.translates else set()
    return translated | {origin.value.id for origin in work.derived_from}


def citations_are_cited(entry: Entry, context: Context) -> Iterator[Problem]:
    """X251: a citation is cited by some record; what could not be read may cite it."""
    if context.corpus.unread:
        return
    used = context.corpus.cited_by.get(entry.id) or context.corpus.linked_from.get(entry.id)
    if entry.kind == "citations" and not used:
        yield problem(
            entry,
            "X251",
            "nobody cites this citation; cite it where it supports a fact, or delete it",
        )


def records_are_linked(entry: Entry, context: Context) -> Iterator[Problem]:
    """X252: some other record links to a record; what could not be read may link to it."""
    if context.corpus.unread:
        return
    if entry.kind != "citations" and not context.corpus.linked_from.get(entry.id):
        yield problem(
            entry, "X252", "no record links to this one; name it in a record that has to do with it"
        )


def _field_link(entry: Entry, context: Context, use: Use) -> Iterator[Problem]:
    target = context.corpus.entries.get(use.target)
    wanted = SINGULAR[use.kinds[0]] if len(use.kinds) == 1 else "record"
    if target is None:
        candidates = [other.id for other in context.corpus if other.kind in use.kinds]
        folder = f"corpus/{use.kinds[0]}" if len(use.kinds) == 1 else "corpus"
        otherwise = f"write the id of a record in {folder}, or add this one first"
        hint = nearest(use.target, candidates, otherwise, open_ended=True)
        yield problem(entry, "X204", f"unknown {wanted} '{use.target}'{hint}", use.path, use.target)
    elif target.kind not in use.kinds:
        found = a(SINGULAR[target.kind])
        message = f"'{use.target}' is {found}; write the id of {a(wanted)} here, or move it to another field"
        yield problem(entry, "X205", message, use.path, use.target)


def _citation_exists(entry: Entry, context: Context, use: Use) -> Iterator[Problem]:
    target = context.corpus.entries.get(use.target)
    if use.target in context.corpus.unread:
        return
    if target is None:
        candidates = [other.id for other in context.corpus if other.kind == "citations"]
        otherwise = f"add corpus/citations/{use.target}.yml first"
        hint = nearest(use.target, candidates, otherwise, open_ended=True)
        yield problem(entry, "X206", f"unknown citation '{use.target}'{hint}", use.path, use.target)
    elif target.kind != "citations":
        message = f"'{use.target}' is {a(SINGULAR[target.kind])}; write the id of a citation here"
        yield problem(entry, "X205", message, use.path, use.target)
