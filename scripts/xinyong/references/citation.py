"""Cite this page.

A page's own reference in every form, and the files that hold it with what the page cites.

For every record there are ``cite/<id>.bib``, ``.ris`` and ``.csl.json``. That of a source holds the
source alone; that of any other record holds its page and, after it, every work that the page cites.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xinyong.corpus import Corpus, Entry
from xinyong.edition import Edition
from xinyong.references.bibtex import bibtex
from xinyong.references.work import Work, page, work
from xinyong.source import edtf
from xinyong.words import REFERENCES

FOLDER = "cite"
ENDINGS: Mapping[str, str] = {"bibtex": ".bib", "ris": ".ris", "csl": ".csl.json"}
"""The ending of the file of each form."""


@dataclass(frozen=True)
class Citing:
    """How to cite one record: a source, or the page of any other record.

    ``text`` is the reference in the author-date style, ``bibtex`` the same work in that form,
    ``files`` the addresses of the files from the site's root, by the names of the forms.
    """

    text: str
    bibtex: str
    files: Mapping[str, str]


def citing(corpus: Corpus, entry: Entry, reference: str, edition: Edition) -> Citing:
    """Return how to cite a record.

    ``reference`` is that of a source as plain text and counts for sources only.
    """
    source = own(corpus, entry, edition)
    text = reference if entry.kind == "citations" else page_reference(entry, edition)
    return Citing(text, bibtex([source]), files(entry.id))


def own(corpus: Corpus, entry: Entry, edition: Edition) -> Work:
    """Return what is cited when a record is: the source itself, or the record's page."""
    return work(corpus, entry.id) if entry.kind == "citations" else page(entry, edition)


def files(id_: str) -> Mapping[str, str]:
    """Return the addresses of a record's files of references from the site's root, by the names of the forms."""
    return {form: f"{FOLDER}/{id_}{ending}" for form, ending in ENDINGS.items()}


def page_reference(entry: Entry, edition: Edition) -> str:
    """Return the reference of a record's page, as the Chicago Manual has it (17th ed., 14.207).

    It says who, year, title, site, version, day, address.
    """
    source = page(entry, edition)
    who = ", ".join(edition.authors)
    year = source.date.year if source.date else REFERENCES["no-date"]
    title = source.title if source.title[-1] in ".?!…" else f"{source.title}."
    site = edition.name
    if edition.version:
        site += f", {REFERENCES['version'].format(edition.version)}"
    day = f" {source.date.words}." if source.date else ""
    return f"{who}. {year}. “{title}” {site}.{day} {source.address}."


def whole_reference(edition: Edition) -> str:
    """Return the reference of the corpus as a whole."""
    parts = [", ".join(edition.authors), edition.year or REFERENCES["no-date"], edition.title]
    if edition.version:
        version = REFERENCES["version"].format(edition.version)
        day = f", {edtf.parse(edition.released).words}" if edition.released else ""
        parts.append(version[:1].upper() + version[1:] + day)
    parts.append(REFERENCES["dataset"])
    address = f"https://doi.org/{edition.doi}" if edition.doi else edition.base
    return f"{'. '.join(parts)}. {address}."
