"""Links and cites: they lead to records that exist, of the right kind; sources are used as they were read."""

from __future__ import annotations

from collections.abc import Iterator

from xinyong.corpus import Entry
from xinyong.problems import Path, Problem, a, nearest
from xinyong.records import Citation
from xinyong.records.types import SINGULAR, Link, Prose
from xinyong.rules import Context, problem
from xinyong.source import prose
from xinyong.source.cites import Cite


def links_resolve(entry: Entry, context: Context) -> Iterator[Problem]:
    """X204, X205: a link leads to a record, of a kind that belongs there."""
    for path, value in entry.spots:
        if isinstance(value, Link):
            yield from _field_link(entry, context, path, value)
        elif isinstance(value, str) and "[[" in value:
            found = prose.parse(value).links if isinstance(value, Prose) else prose.line_links(value)
            for link in found:
                if link.id not in context.corpus and link.id not in context.corpus.unread:
                    otherwise = "write the id of a record that is there, or add this one first"
                    hint = nearest(link.id, context.corpus.entries, otherwise, open_ended=True)
                    yield problem(entry, "X204", f"unknown record '{link.id}'{hint}", path, f"[[{link.id}")


def cites_resolve(entry: Entry, context: Context) -> Iterator[Problem]:
    """X206: a cite leads to a citation."""
    for path, cite in _cites(entry):
        step: Cite | None = cite
        while step:
            yield from _citation_exists(entry, context, path, step)
            step = step.via


def unread_only_via(entry: Entry, context: Context) -> Iterator[Problem]:
    """X207: a citation of which nothing was read is cited only via a work that was read."""
    for path, cite in _cites(entry):
        read = context.corpus.entries.get(cite.read.id)
        if read and isinstance(read.record, Citation) and read.record.read == "none":
            said = f"nothing was read of '{cite.read.id}'; cite it as '{cite.read.id} via' the work that it was seen in"
            yield problem(entry, "X207", said, path, cite.read.id)


def former_ids_are_free(entry: Entry, context: Context) -> Iterator[Problem]:
    """X208: an id under 'formerly' belongs to no other record; its own only where its kind was another."""
    for index, (kind, former) in enumerate(entry.formers):
        if taken := _taken(entry, kind, former, context):
            said = f"the address of '{former}' leads to {taken.file} already; take it out here, or there"
            yield problem(entry, "X208", said, ("formerly", index))


def _taken(entry: Entry, kind: str, former: str, context: Context) -> Entry | None:
    """Return the record that has an id already, or had it before: files of references are named by ids alone."""
    present = context.corpus.entries.get(former)
    if present and (present is not entry or kind == entry.kind):
        return present
    return next((other for other in context.formers.get(former, ()) if other is not entry), None)


def citations_are_cited(entry: Entry, context: Context) -> Iterator[Problem]:
    """X251: a citation is cited by some record; what could not be read may cite it."""
    if context.corpus.unread:
        return
    used = context.corpus.cited_by.get(entry.id) or context.corpus.linked_from.get(entry.id)
    if entry.kind == "citations" and not used:
        yield problem(entry, "X251", "nobody cites this citation; cite it where it supports a fact, or delete it")


def records_are_linked(entry: Entry, context: Context) -> Iterator[Problem]:
    """X252: some other record links to a record; what could not be read may link to it."""
    if context.corpus.unread:
        return
    if entry.kind != "citations" and not context.corpus.linked_from.get(entry.id):
        yield problem(entry, "X252", "no record links to this one; name it in a record that has to do with it")


def _field_link(entry: Entry, context: Context, path: Path, link: Link) -> Iterator[Problem]:
    if link.id in context.corpus.unread:
        return
    target = context.corpus.entries.get(link.id)
    wanted = SINGULAR[link.kinds[0]] if len(link.kinds) == 1 else "record"
    if target is None:
        candidates = [other.id for other in context.corpus if other.kind in link.kinds]
        folder = f"corpus/{link.kinds[0]}" if len(link.kinds) == 1 else "corpus"
        otherwise = f"write the id of a record in {folder}, or add this one first"
        hint = nearest(link.id, candidates, otherwise, open_ended=True)
        yield problem(entry, "X204", f"unknown {wanted} '{link.id}'{hint}", path, link.id)
    elif target.kind not in link.kinds:
        found = SINGULAR[target.kind]
        said = f"'{link.id}' is {a(found)}; write the id of {a(wanted)} here, or move it to another field"
        yield problem(entry, "X205", said, path, link.id)


def _citation_exists(entry: Entry, context: Context, path: Path, cite: Cite) -> Iterator[Problem]:
    target = context.corpus.entries.get(cite.id)
    if cite.id in context.corpus.unread:
        return
    if target is None:
        candidates = [other.id for other in context.corpus if other.kind == "citations"]
        hint = nearest(cite.id, candidates, f"add corpus/citations/{cite.id}.yml first", open_ended=True)
        yield problem(entry, "X206", f"unknown citation '{cite.id}'{hint}", path, cite.id)
    elif target.kind != "citations":
        said = f"'{cite.id}' is {a(SINGULAR[target.kind])}; write the id of a citation here"
        yield problem(entry, "X205", said, path, cite.id)


def _cites(entry: Entry) -> Iterator[tuple[Path, Cite]]:
    for path, value in entry.spots:
        if isinstance(value, Cite):
            yield path, value
        elif isinstance(value, Prose):
            for cite in prose.parse(value).cites:
                yield path, cite
