"""The public interface: a corpus, its records, and what they say.

Everything here is made when it is asked for, and nothing of it can be changed. A value of a fact is plain Python: text,
a number, a truth, or a dictionary for a range or point; dates are the EDTF text of the corpus. In the examples,
``corpus`` is ``xinyong.load("corpus")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, overload

from xinyong import corpus as corpora
from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.edition import Edition
from xinyong.edition import read as edition_of
from xinyong.exports.rows import data, fact_rows
from xinyong.exports.schema import fact_model
from xinyong.publication import Library
from xinyong.reading import LoadError, is_copy
from xinyong.reading import read as published
from xinyong.records.base import Cited
from xinyong.references.bibtex import entry
from xinyong.references.csl import item
from xinyong.references.ris import reference
from xinyong.references.work import Work, cited_by
from xinyong.source.cites import Cite

__all__ = ["Cite", "Corpus", "Edition", "Fact", "LoadError", "Problems", "Record", "load"]

_FORMS: Mapping[str, Callable[[Work], str | Mapping[str, Any]]] = {
    "bibtex": entry,
    "ris": reference,
    "csl": item,
}


class Problems(ValueError):  # noqa: N818 - it names what there is, not that something failed
    """Raised by ``load`` for a corpus that is not sound; its text is what ``xinyong check`` says."""


@dataclass(frozen=True)
class Fact:
    """One thing that a record says, with what supports it.

    ``field`` is the field of the record, ``path`` the place in it; ``value`` is what is so, ``more`` the other parts of
    an entry that has several; ``standing`` is primary, corroborated, single, second-hand or inferred; ``disputed`` says
    that another entry for the same time contradicts it.
    """

    record: str
    field: str
    path: str
    value: Any
    more: Mapping[str, Any]
    as_of: str | None
    standing: str
    disputed: bool
    cites: tuple[Cite, ...]
    note: str | None
    inferred: str | None


@dataclass(frozen=True, eq=False)
class _Inside:
    """What the records of a corpus share."""

    library: Library

    @property
    def corpus(self) -> corpora.Corpus:
        return self.library.corpus

    @cached_property
    def links(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {id_: {} for id_ in self.corpus.entries}
        for use in self.corpus.links:
            found[use.source][use.target] = None
        return {id_: tuple(targets) for id_, targets in found.items()}

    @cached_property
    def cites(self) -> Mapping[str, tuple[str, ...]]:
        return {entry.id: cited_by(entry) for entry in self.corpus}

    def records(self, ids: Iterable[str]) -> tuple[Record, ...]:
        return tuple(Record(self, self.corpus[id_]) for id_ in ids)


class Record:
    """One record.

    >>> rongcheng = corpus["rongcheng"]
    >>> rongcheng.name_zh, rongcheng.name_pinyin
    ('荣成市', 'Róngchéng Shì')
    >>> sorted({fact.field for fact in rongcheng.facts} & {"province", "level"})
    ['level', 'province']
    """

    def __init__(self, inside: _Inside, entry: Entry) -> None:
        self._inside = inside
        self._entry = entry

    def __repr__(self) -> str:
        return f"<Record {self.kind}/{self.id}>"

    @property
    def id(self) -> str:
        """Its id, unique in the corpus."""
        return self._entry.id

    @property
    def kind(self) -> str:
        """Its kind: cities, programs, blacklists, citations, terms, organizations, events or claims."""
        return self._entry.kind

    @property
    def name(self) -> str:
        """Its English name; of a citation the title in English."""
        return self._entry.record.names.en

    @property
    def name_zh(self) -> str | None:
        """Its name in Chinese characters."""
        zh = self._entry.record.names.zh
        return str(zh) if zh else None

    @property
    def name_pinyin(self) -> str | None:
        """The pinyin of its Chinese name."""
        spelled = self._entry.record.names.pinyin
        return str(spelled) if spelled else None

    @property
    def names_also(self) -> tuple[str, ...]:
        """Its other names."""
        return tuple(self._entry.record.names.also)

    @property
    def summary(self) -> str:
        """What a newcomer has to know, as plain text; empty where there is none."""
        return plain(self._entry.record.summary or "", self._inside.corpus)

    @property
    def data(self) -> Mapping[str, Any]:
        """All of it as plain data, as it stands in its file, with lists where one entry may stand for a list."""
        found: Mapping[str, Any] = data(self._entry.record)
        return found

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that it states, in the order of its fields."""
        given = (fact for _, fact in self._entry.values(Cited))
        return tuple(map(_fact, given, fact_rows(self._inside.corpus, self._entry)))

    @property
    def links(self) -> tuple[Record, ...]:
        """The records that it links to, in fields and texts, each once."""
        return self._inside.records(self._inside.links[self.id])

    @property
    def linked_from(self) -> tuple[Record, ...]:
        """The records that link to it, each once."""
        return self._inside.records(self._inside.corpus.linked_from.get(self.id, ()))

    @property
    def cites(self) -> tuple[Record, ...]:
        """The citations that it cites, each once, in the order of their ids."""
        return self._inside.records(self._inside.cites[self.id])

    @property
    def cited_by(self) -> tuple[Record, ...]:
        """The records that cite it, each once; empty for all but citations."""
        return self._inside.records(self._inside.corpus.cited_by.get(self.id, ()))

    @overload
    def reference(self, form: Literal["bibtex", "ris"] = "bibtex") -> str: ...

    @overload
    def reference(self, form: Literal["csl"]) -> Mapping[str, Any]: ...

    @overload
    def reference(self, form: str) -> str | Mapping[str, Any]: ...

    def reference(self, form: str = "bibtex") -> str | Mapping[str, Any]:
        """Return a citation as ``bibtex``, ``ris`` or ``csl``; raise KeyError for other records and forms.

        >>> print(corpus["koetse-2018"].reference("ris").splitlines()[0])
        TY  - ELEC
        """
        return _FORMS[form](self._inside.library.work(self.id))


class Corpus(Mapping[str, Record]):
    """A sound corpus: its records by id.

    >>> "sesame-credit" in corpus
    True
    >>> {record.kind for record in corpus.of_kind("cities")}
    {'cities'}
    """

    def __init__(self, inside: _Inside) -> None:
        self._inside = inside

    def __getitem__(self, id_: str) -> Record:
        return Record(self._inside, self._inside.corpus[id_])

    def __iter__(self) -> Iterator[str]:
        return iter(self._inside.corpus.entries)

    def __len__(self) -> int:
        return len(self._inside.corpus.entries)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Return the records of a kind, in the order of their ids."""
        return tuple(Record(self._inside, entry) for entry in self._inside.corpus.of_kind(kind))

    @property
    def edition(self) -> Edition:
        """Which edition it is: its version, day, licence, and the version of the data's schema."""
        return self._inside.library.edition

    @property
    def facts(self) -> Iterator[Fact]:
        """Every fact of every record."""
        return (fact for record in self.values() for fact in record.facts)


def load(source: str | Path, *, sha256: str = "", timeout: float = 60) -> Corpus:
    """Load a corpus: published data from their address or a copy of them, or the records of a checkout.

    ``source`` is the address of the folder ``data/`` of a site, a folder to which that was copied or
    an edition's archive unpacked, or a folder of records such as ``corpus/``. Of published data
    each file is held against ``SHA256SUMS.txt``; ``sha256`` is the checksum that this list itself
    has to have, for those who noted it; a file may take ``timeout`` seconds.

    Raises LoadError where published data cannot be read, Problems where records are not sound.
    """
    if sha256 or is_copy(source):
        return Corpus(_Inside(_published(source, sha256, timeout)))
    return Corpus(_Inside(_checkout(Path(source))))


def _published(source: str | Path, sha256: str, timeout: float) -> Library:
    inner, edition = published(source, sha256, timeout)
    return Library(inner, edition=edition)


def _checkout(root: Path) -> Library:
    from xinyong.rules.all import check, today

    inner, found = corpora.load(root)
    found += check(inner, today())
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise Problems(corpora.report(errors))
    return Library(inner, edition=edition_of(root.parent))


def _fact(fact: Cited, row: Mapping[str, Any]) -> Fact:
    first, *others = fact_model(type(fact))
    return Fact(
        record=row["record"],
        field=row["field"],
        path=row["path"],
        value=data(getattr(fact, first)),
        more={
            name: data(part) for name in others if (part := getattr(fact, name)) not in (None, [])
        },
        as_of=row["as_of"],
        standing=row["standing"],
        disputed=row["disputed"],
        cites=tuple(fact.cite),
        note=row["note"],
        inferred=row["inferred"],
    )
