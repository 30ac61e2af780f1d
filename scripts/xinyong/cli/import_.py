"""The command that takes sources over from a reference manager: ``import``."""

from __future__ import annotations

import codecs
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xinyong import corpus as corpora
from xinyong.cli import files
from xinyong.cli.shared import CORPUS, need, say, tell
from xinyong.records.vocabularies import READ, RELIABILITY
from xinyong.rules.all import today

if TYPE_CHECKING:
    from xinyong.corpus import Corpus
    from xinyong.imports.works import Refused, Work

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@dataclass(frozen=True)
class Wishes:
    """What the person who imports has said: what to write, how much was read, how the works are graded."""

    root: Path
    read: str
    reliability: str
    merge: bool
    dry_run: bool


@click.command("import")
@click.argument("file", type=FILE, required=False)
@click.option(
    "--doi-json",
    type=FILE,
    help="Instead, a file of CSL-JSON, one item or a list, as DOIs resolve to.",
)
@CORPUS
@click.option("--read", type=click.Choice([*READ.values]), default="none", show_default=True,
              help="How much of the works you read; 'none' can be cited only via another work.")  # fmt: skip
@click.option(
    "--reliability",
    type=click.Choice([*RELIABILITY.values]),
    help="What kind of sources they are; else by type.",
)
@click.option(
    "--merge",
    is_flag=True,
    help="Fill what is empty in the records of works that are there already.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done and write nothing.")
def import_(file: Path | None, doi_json: Path | None, **message: Any) -> None:
    """Make records of the sources in FILE, a BibTeX, biblatex or RIS export of a reference manager.

    The exports of CNKI for EndNote, RefWorks and NoteExpress are read as well.

    A work that has a record is not taken twice. Nothing counts as read unless you say so with
    --read. Exit status: 0, or 1 where an entry could not be taken.
    """
    from xinyong.imports import bibtex, csljson, ris

    if (file is None) == (doi_json is None):
        raise click.UsageError("name one file: refs.bib or refs.ris, or --doi-json FILE")
    need(message["root"])
    source = file or doi_json
    assert source is not None
    text = _text(source)
    reader = ris.read if ris.is_ris(text) else bibtex.read
    works = reader(text) if file else csljson.read(text)
    wishes = Wishes(
        message["root"],
        message["read"],
        message["reliability"] or "",
        message["merge"],
        message["dry_run"],
    )
    importer = _Importer(source, "" if file else "item ", wishes)
    importer.take(works)
    sys.exit(importer.close())


def _text(source: Path) -> str:
    """Return what a file says; raise UsageError where it is neither UTF-8 nor marked as UTF-16."""
    content = source.read_bytes()
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fix = "export it again or save it as UTF-8"
        raise click.UsageError(f"'{source}' is not UTF-8 (line {line}); {fix}") from error


class _Importer:
    """Takes works one by one, says what becomes of each, and writes their records."""

    def __init__(self, source: Path, unit: str, wishes: Wishes) -> None:
        from xinyong.imports.known import Known

        self._source = source
        self._unit = unit
        self._wishes = wishes
        self._corpus, _ = corpora.load(wishes.root)
        self._known = Known(self._corpus)
        self._new: dict[str, Work] = {}
        self._counts: Counter[str] = Counter()
        self._written: list[Path] = []

    def take(self, works: Iterator[Work | Refused]) -> None:
        """Take the works of a file."""
        from xinyong.imports.works import Work

        for work in works:
            if isinstance(work, Work):
                self._take(work)
            else:
                self._refuse(work)

    def close(self) -> int:
        """Check what was written, say the totals, and return the exit status."""
        from xinyong.imports import records

        found = []
        if self._written:
            corpus, problems = corpora.load(self._wishes.root)
            written = {str(path) for path in self._written}
            entries = [entry for entry in corpus if entry.file in written]
            found = [
                p
                for p in [*problems, *records.problems_of(corpus, entries, today())]
                if p.file in written
            ]
            say([problem for problem in found if problem.severity == "error"])
        names = ("new", "known", "not taken")
        message = (
            ", ".join(f"{self._counts[name]} {name}" for name in names if self._counts[name])
            or self._nothing()
        )
        tell(f"{self._source}: {message}{'; nothing was written' if self._wishes.dry_run else ''}")
        if self._counts["new"] and self._wishes.read == "none":
            tell(
                "New records say 'read: none'. Change that in those you read; until then cite them 'via' another."
            )
        return int(
            bool(self._counts["not taken"]) or any(problem.severity == "error" for problem in found)
        )

    def _nothing(self) -> str:
        wanted = "CSL-JSON" if self._unit else "BibTeX or RIS, or name CSL-JSON with --doi-json"
        return f"nothing in it; export it as {wanted}"

    def _take(self, work: Work) -> None:
        from xinyong.imports import records
        from xinyong.imports.works import Refused

        fields = records.record(work, self._wishes.read, self._wishes.reliability)
        if isinstance(fields, Refused):
            self._refuse(fields)
            return
        match = self._known.find(fields, work.key)
        if match is None:
            self._add(work, fields)
        elif match.id in self._new:
            self._tell(
                work.line,
                f"{work.key} is the same as '{self._new[match.id].key}' of this file (same {match.by})",
            )
            self._counts["known"] += 1
        else:
            self._meet(work, fields, match.id, match.by)

    def _add(self, work: Work, fields: dict[str, Any]) -> None:
        from xinyong.imports import ids, records

        id_ = ids.new_id(fields, _Taken(self._wishes.root, self._corpus, self._new))
        path = records.place(self._wishes.root, id_)
        graded = (
            "" if self._wishes.reliability else f", graded '{fields['reliability']}' by its type"
        )
        self._tell(work.line, f"{work.key} is new: {path}{graded}")
        self._remarks(work)
        self._new[id_] = work
        self._known.add(id_, fields)
        self._counts["new"] += 1
        self._write(path, records.text(fields))

    def _meet(self, work: Work, fields: dict[str, Any], id_: str, by: str) -> None:
        from xinyong.imports import records

        entry = self._corpus[id_]
        found = records.missing(entry, fields)
        path = Path(entry.file)
        self._counts["known"] += 1
        filled = ", ".join(found)
        if not found:
            self._tell(work.line, f"{work.key} is {path} (same {by})")
        elif not self._wishes.merge:
            self._tell(work.line, f"{work.key} is {path} (same {by}); --merge would fill {filled}")
        else:
            text = records.merged(path.read_text(encoding="utf-8"), found)
            if text is None:
                self._tell(
                    work.line,
                    f"{work.key} is {path} (same {by}), which is not written a field a line; add {filled}",
                )
                return
            self._tell(work.line, f"{work.key} is {path} (same {by}); filled {filled}")
            self._write(path, text)

    def _refuse(self, refused: Refused) -> None:
        self._tell(refused.line, f"not taken: {refused.text}")
        self._counts["not taken"] += 1

    def _remarks(self, work: Work) -> None:
        for remark in work.remarks:
            self._tell(remark.line, remark.text, indent="  ")

    def _tell(self, line: int, text: str, indent: str = "") -> None:
        place = f"{self._source}, {self._unit}{line}" if self._unit else f"{self._source}:{line}"
        tell(f"{indent}{place}: {text}")

    def _write(self, path: Path, text: str) -> None:
        if self._wishes.dry_run:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, text)
        self._written.append(path)


class _Taken:
    """Says which ids are not free: those of records, former ones, those given in this run, those of files."""

    def __init__(self, root: Path, corpus: Corpus, new: dict[str, Work]) -> None:
        self._root = root
        self._new = new
        self._ids = {entry.id for entry in corpus}
        self._ids |= {former for entry in corpus for _, former in entry.formers}

    def __contains__(self, id_: object) -> bool:
        file = self._root / "citations" / f"{id_}.yml"
        return id_ in self._ids or id_ in self._new or file.exists()
