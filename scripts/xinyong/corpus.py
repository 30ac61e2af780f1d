"""The corpus: records loaded from their files, indexed, linked and back-linked."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from xinyong import published
from xinyong.problems import MOST, Problem
from xinyong.problems import Path as FieldPath
from xinyong.problems.formats import as_lines, source_lines
from xinyong.published import NOTHING, Published
from xinyong.records import MODELS, Citation, Record, reading, walk
from xinyong.records.base import Cited
from xinyong.records.types import Link, Prose
from xinyong.source import prose, snapshot, yaml
from xinyong.source.cites import ID, Cite
from xinyong.source.snapshot import Item

STANDINGS: Mapping[str, str] = {
    "primary": "A law or an official text says so, and was read.",
    "corroborated": "Two or more independent sources say so.",
    "single": "One source says so.",
    "second-hand": "The source was not read itself, only a work that reports it.",
    "disputed": "Sources differ; the entries stand side by side.",
    "inferred": "No source says so; it follows from what the sources say, and how it follows is told beside it.",
}
"""How well a fact is supported; computed from its cites, never written into a record. An inference is ours, so its
standing is never that of the sources it rests on."""

V = TypeVar("V")
_IGNORED = frozenset({"schema", "README.md"})
_EMPTY = "there is no record in it; name the corpus with --corpus, or begin one with 'xinyong new'"


@dataclass(frozen=True)
class Entry:
    """A record in its place: kind, id, the path of its file, and whether all of it could be read."""

    kind: str
    id: str
    file: str
    record: Record
    whole: bool = True

    @cached_property
    def spots(self) -> tuple[walk.Spot, ...]:
        """Every value of the record with its path, walked once."""
        return tuple(walk.spots(self.record))

    @cached_property
    def links(self) -> tuple[Use, ...]:
        """Every link from it to another record, found once."""
        return tuple(_links(self))

    @cached_property
    def cites(self) -> tuple[Use, ...]:
        """Every cite in it, found once."""
        return tuple(_cites(self))

    def values(self, type_: type[V]) -> Iterator[tuple[FieldPath, V]]:
        """Yield the values of one type with their paths."""
        return ((path, value) for path, value in self.spots if isinstance(value, type_))

    @property
    def url(self) -> str:
        """The address of its page, from the site's root."""
        return f"{self.kind}/{self.id}/"

    @property
    def formers(self) -> tuple[tuple[str, str], ...]:
        """The kind and id of each of its former ids."""
        parts = (former.rpartition("/") for former in self.record.formerly or ())
        return tuple((kind or self.kind, id_) for kind, _, id_ in parts)


@dataclass(frozen=True)
class Use:
    """One place at which ``source`` points to ``target``: a link in a field or in a text, or a cite."""

    source: str
    target: str
    path: FieldPath


@dataclass(frozen=True, eq=False)
class Corpus:
    """All records by id, those of one kind side by side, in the order of their ids.

    ``unread`` are the ids of records that are there, but of which nothing could be read. ``published`` is what is
    known of the site that was made of it.
    """

    entries: Mapping[str, Entry]
    unread: frozenset[str] = frozenset()
    published: Published = NOTHING

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __getitem__(self, id_: str) -> Entry:
        return self.entries[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self.entries

    def of_kind(self, kind: str) -> list[Entry]:
        """Return the entries of a kind in the order of their ids."""
        return list(self._by_kind.get(kind, ()))

    def citation(self, id_: str) -> Citation:
        """Return the citation ``id_``; raise KeyError if there is none."""
        record = self.entries[id_].record
        if not isinstance(record, Citation):
            raise KeyError(id_)
        return record

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Entry]]:
        grouped: dict[str, list[Entry]] = defaultdict(list)
        for entry in self:
            grouped[entry.kind].append(entry)
        return grouped

    @cached_property
    def links(self) -> tuple[Use, ...]:
        """Every link from one record to another, in fields and in texts; a citation cited is not a link."""
        return tuple(use for entry in self for use in entry.links)

    @cached_property
    def cites(self) -> tuple[Use, ...]:
        """Every cite, by the citation it points to; a cite with ``via`` counts for both works."""
        return tuple(use for entry in self for use in entry.cites)

    @cached_property
    def linked_from(self) -> Mapping[str, tuple[str, ...]]:
        """For each record, the ids of the records that link to it, each once."""
        return _grouped(self.links)

    @cached_property
    def cites_of(self) -> Mapping[str, tuple[Use, ...]]:
        """For each citation, all cites that point to it."""
        found: dict[str, list[Use]] = defaultdict(list)
        for use in self.cites:
            found[use.target].append(use)
        return {target: tuple(uses) for target, uses in found.items()}

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each citation, the ids of the records that cite it, each once."""
        return _grouped(self.cites)

    def standing_of(self, fact: Cited) -> str:
        """Say how well a fact stands by itself: a key of STANDINGS, ``disputed`` excepted."""
        return "inferred" if fact.inferred else self.standing(fact.cite)

    def standing(self, cites: Iterable[Cite]) -> str:
        """Say how well the cites support what their sources say: one of the first four keys of STANDINGS."""
        read = [cite for cite in cites if cite.via is None]
        if not read:
            return "second-hand"
        works = {cite.id: self.citation(cite.id) for cite in read}
        if any(work.reliability in ("primary-law", "official") for work in works.values()):
            return "primary"
        return "corroborated" if len({self._origin(id_) for id_ in works}) > 1 else "single"

    def _origin(self, id_: str) -> str:
        """Return the work that a citation repeats, so that a reprint does not count as a second source."""
        path = [id_]
        while (origin := self._repeats(path[-1])) is not None:
            if origin in path:
                return min(path[path.index(origin) :])  # works that name each other are one
            path.append(origin)
        return path[-1]

    def _repeats(self, id_: str) -> str | None:
        """Return the work that a citation translates or repeats, if it names one."""
        work = self.citation(id_)
        if work.translates:
            return work.translates.id
        return work.derived_from[0].value.id if work.derived_from else None


def load(root: Path) -> tuple[Corpus, list[Problem]]:
    """Load the corpus below ``root`` (``root/<kind>/<id>.yml``) with the problems of each file for itself.

    A corpus that holds no record at all is a problem, since nobody means to check or publish nothing.
    """
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    unread: set[str] = set()
    for kind, item in _records(root, problems):
        entry, found = _load_item(kind, item)
        problems += found
        if entry is None:
            unread.add(item.path.stem)
            continue
        if entry.id in entries:
            said = f"the id '{entry.id}' is taken by {entries[entry.id].file}; choose another for one of the two"
            problems.append(Problem("X201", said, entry.file))
            continue
        entries[entry.id] = entry
    if not entries and not problems:
        problems.append(Problem("X113", _EMPTY, str(root)))
    known = published.read(root.parent / published.FOLDER)
    return Corpus(entries, frozenset(unread), known), [*problems, *known.problems]


def locate(problems: Iterable[Problem]) -> list[Problem]:
    """Give each problem of a file its line and column, reading each faulty file once more; sort them."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_file[problem.file].append(problem)
    located = [placed for file, group in by_file.items() for placed in _located(file, _most(file, group))]
    return sorted(located, key=lambda problem: problem.order)


def report(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """Say all problems in the order of their places, each with its source line and a caret; empty for none."""
    return as_lines(locate(problems), colour=colour)


def _records(root: Path, problems: list[Problem]) -> Iterator[tuple[str, Item]]:
    if not root.is_dir():
        problems.append(Problem("X113", "there is no such folder; name the corpus with --corpus", str(root)))
        return
    for folder in snapshot.take(root):
        name = folder.path.name
        if folder.trouble:
            said = f"the folder cannot be opened ({folder.trouble}); make it readable"
            problems.append(Problem("X113", said, str(folder.path)))
            continue
        if name in _IGNORED:
            continue
        if name not in MODELS or folder.type != "folder":
            said = f"here belong the folders {', '.join(MODELS)} only; move it"
            problems.append(Problem("X113", said, str(folder.path)))
            continue
        for item in folder.inside:
            fault = _misplaced(item)
            if fault:
                problems.append(fault)
            else:
                yield name, item


def _misplaced(item: Item) -> Problem | None:
    file = item.path
    if file.suffix != snapshot.SUFFIX or item.type != "file":
        return Problem("X113", "a record is a file whose name ends in .yml; rename or move it", str(file))
    if not ID.match(file.stem):
        said = f"'{file.stem}' is not an id: small letters, digits and single hyphens; rename the file"
        return Problem("X203", said, str(file))
    return None


def _load_item(kind: str, item: Item) -> tuple[Entry | None, list[Problem]]:
    shown = str(item.path)
    if item.trouble:
        return None, [Problem("X113", f"the file cannot be opened ({item.trouble}); make it readable", shown)]
    if item.size > snapshot.MAX_BYTES:
        fault = yaml.too_large(item.size)
        return None, [Problem(fault.code, fault.message, shown, line=fault.line, column=fault.column)]
    return read_entry(kind, item.path, item.data)


def read_entry(kind: str, file: Path, data: bytes) -> tuple[Entry | None, list[Problem]]:
    """Read the record of ``kind`` that the bytes of ``file`` hold, with its problems; the file itself is not opened."""
    shown = str(file)
    text, faults = yaml.decode(data)
    tree = None
    if not faults:
        tree, faults = yaml.read(text)
    problems = [Problem(f.code, f.message, shown, line=f.line, column=f.column) for f in faults]
    if tree is None:
        if not problems:
            problems = [Problem("X112", "the file is empty; begin it with a line such as 'name: …'", shown)]
        return None, problems
    found = reading.read(kind, tree, shown)
    problems += found.problems
    if found.record is None:
        return None, problems
    if found.record.id not in (None, file.stem):
        said = f"the id '{found.record.id}' differs from the file name '{file.stem}'; leave the field out"
        problems.append(Problem("X202", said, shown, ("id",)))
    return Entry(kind, file.stem, shown, found.record, found.whole and not faults), problems


def _links(entry: Entry) -> Iterator[Use]:
    for path, value in entry.spots:
        if isinstance(value, Link):
            yield Use(entry.id, value.id, path)
        elif isinstance(value, Prose):
            for link in prose.parse(value).links:
                yield Use(entry.id, link.id, path)
        elif isinstance(value, str) and "[[" in value:
            for link in prose.line_links(value):
                yield Use(entry.id, link.id, path)


def _cites(entry: Entry) -> Iterator[Use]:
    for path, value in entry.spots:
        found = (value,) if isinstance(value, Cite) else prose.parse(value).cites if isinstance(value, Prose) else ()
        for cite in found:
            step: Cite | None = cite
            while step:
                yield Use(entry.id, step.id, path)
                step = step.via


def _grouped(uses: Iterable[Use]) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, dict[str, None]] = defaultdict(dict)
    for use in uses:
        if use.source != use.target:
            grouped[use.target][use.source] = None
    return {target: tuple(sources) for target, sources in grouped.items()}


def _most(file: str, problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MOST:
        return problems
    said = f"this file has more than {MOST} problems; mend those that are shown to see the others"
    return [*problems[:MOST], Problem("X116", said, file)]


def _located(file: str, problems: list[Problem]) -> Iterator[Problem]:
    lines = [] if all(problem.line for problem in problems) else source_lines(file)
    if not lines:
        yield from problems
        return
    places = yaml.places("\n".join(lines))
    for problem in problems:
        if problem.line:
            yield problem
            continue
        line, column, end_line, end_column = _span(problem, places, lines)
        yield dataclasses.replace(problem, line=line, column=column, end_line=end_line, end_column=end_column)


def _span(problem: Problem, places: Mapping[FieldPath, yaml.Place], lines: list[str]) -> tuple[int, int, int, int]:
    """Return where a problem begins and ends; the end is 0, 0 where it lies on another line or is not known."""
    place = yaml.find(places, problem.path)
    if place is None:
        return 1, 1, 0, 0
    if problem.on_key:
        (line, column), name = place.key, str(problem.path[-1])
        written = lines[line - 1].startswith(name, column - 1)
        return (line, column, line, column + len(name)) if written else (line, column, 0, 0)
    found = _needle(problem.needle, place, lines)
    if found:
        return *found, found[0], found[1] + len(problem.needle)
    return (*place.start, *place.end) if place.start[0] == place.end[0] else (*place.start, 0, 0)


def _needle(needle: str, place: yaml.Place, lines: list[str]) -> tuple[int, int] | None:
    if not needle:
        return None
    first, last = place.start[0], min(place.end[0], len(lines))
    for number in range(first, last + 1):
        column = lines[number - 1].find(needle, place.start[1] - 1 if number == first else 0)
        if column >= 0:
            return number, column + 1
    return None


__all__ = ["STANDINGS", "Corpus", "Entry", "Use", "load", "locate", "read_entry", "report"]
