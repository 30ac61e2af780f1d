"""Make records of works.

Checked, written as a contributor would write them, or merged into the one there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml as pyyaml

from xinyong.corpus import Corpus, Entry
from xinyong.imports.works import Refused, Work
from xinyong.problems import Problem
from xinyong.records import Citation
from xinyong.records import read as reading
from xinyong.references.types import TYPES
from xinyong.rules import Context
from xinyong.rules.texts import markup_is_plain
from xinyong.source import edtf, yaml
from xinyong.source.edtf import Edtf

ORDER = tuple(Citation.model_fields)
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "date": ("dated", "published", "adopted", "in_force"),
    "issue": ("number",),
    "authors": ("issuers",),
}
"""What a document gives in place of a field that other works have.

Where it does, the field stays empty.
"""

JUDGED = frozenset({"type", "title", "language", "read", "reliability", "accessed", "name"})
"""What a merge never fills in: what is always there, what a person assessed, and what belongs to an
address."""


def record(work: Work, read: str, reliability: str) -> dict[str, Any] | Refused:
    """Return the fields of a citation's record.

    What it cannot hold is left out, with a remark, or the work refused.
    """
    fields: dict[str, Any] = dict(work.fields)
    fields |= {"read": read, "reliability": reliability or TYPES[fields["type"]].reliability}
    ordered = {name: fields[name] for name in ORDER if fields.get(name)}
    for _ in range(len(ordered)):
        problems = _problems(ordered)
        if not problems:
            return ordered
        for problem in problems:
            name = str(problem.path[0]) if problem.path else ""
            if name not in ordered or Citation.model_fields[name].is_required():
                return Refused(work.line, f"'{work.key}' cannot become a record: {problem.message}")
            work.remark(f"'{name}' was left out: {problem.message}")
            del ordered[name]
    return ordered


def text(fields: Mapping[str, Any]) -> str:
    """Write the fields of a record as YAML, a line a field, of a list a line an entry."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, list):
            lines += [f"{name}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def missing(entry: Entry, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return those fields of a work that the record of the same work leaves empty."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        known = getattr(entry.record, name)
        if name in JUDGED or known not in (None, []):
            continue
        if any(getattr(entry.record, other) for other in INSTEAD.get(name, ())):
            continue
        if value not in (
            getattr(entry.record, "title", ""),
            getattr(entry.record, "publisher", ""),
        ):
            found[name] = value
    if "url" in found and fields.get("accessed") and not getattr(entry.record, "accessed", None):
        found["accessed"] = fields["accessed"]
    return found


def merged(source: str, fields: Mapping[str, Any]) -> str | None:
    """Put fields into the text of a record, each behind the fields that stand before it in the order of the guide.

    What is written already stays as it is, comments included. None where the record is written in
    braces.
    """
    lines = source.rstrip("\n").split("\n")
    for name in sorted(fields, key=ORDER.index, reverse=True):
        places = {
            str(path[0]): place
            for path, place in yaml.places("\n".join(lines)).items()
            if len(path) == 1
        }
        if any(place.key[1] != 1 for place in places.values()) or not places.keys() <= {*ORDER}:
            return None
        later = [
            place.key[0]
            for other, place in places.items()
            if ORDER.index(other) > ORDER.index(name)
        ]
        at = min(later) - 1 if later else len(lines)
        while at and lines[at - 1].startswith("#"):
            at -= 1  # a comment above a field belongs to it
        lines[at:at] = text({name: fields[name]}).rstrip("\n").split("\n")
    return "\n".join(lines) + "\n"


def problems_of(corpus: Corpus, entries: Sequence[Entry], today: Edtf) -> list[Problem]:
    """Hold new entries of a corpus against its rules."""
    from xinyong.rules.all import RULES

    context = Context(corpus, today)
    return [problem for entry in entries for rule in RULES for problem in rule(entry, context)]


def _problems(fields: Mapping[str, Any]) -> list[Problem]:
    file = "corpus/citations/new.yml"
    tree, faults = yaml.read(text(fields))
    if faults or not isinstance(tree, dict):
        return [
            Problem("X105", faults[0].message if faults else "it cannot be written as YAML", file)
        ]
    found = reading.read("citations", tree, file)
    if found.problems or found.record is None:
        return list(found.problems)
    entry = Entry("citations", "new", file, found.record)
    return list(markup_is_plain(entry, Context(Corpus({"new": entry}), edtf.parse("2000"))))


class _Dumper(pyyaml.SafeDumper):
    """Writes a text without quotes wherever it needs none.

    Every value is text here, and so is 2018.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}


def _flow(value: Any) -> str:
    dumped = pyyaml.dump(
        value,
        Dumper=_Dumper,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=10**6,
    )
    return str(dumped).removesuffix("\n...\n").rstrip("\n")


def place(root: Path, id_: str) -> Path:
    """Return the path of a citation's file."""
    return root / "citations" / f"{id_}.yml"
