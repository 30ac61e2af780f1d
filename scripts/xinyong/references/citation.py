"""Cite this page: a page's own reference in every form, and the files that hold it with what the page cites.

For every record there are ``cite/<id>.bib``, ``.ris`` and ``.csl.json``. That of a source holds the source alone; that
of any other record holds its page and, after it, every work that the page cites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.edition import Edition
from xinyong.references.bibtex import bibtex
from xinyong.references.csl import csl_json
from xinyong.references.ris import ris
from xinyong.references.work import Work, page, work

FOLDER = "cite"
ENDINGS: Mapping[str, str] = {"bibtex": ".bib", "ris": ".ris", "csl": ".csl.json"}
"""The ending of the file of each form."""

_ADDRESS = re.compile(r'<a class="xy-address" href="([^"]*)".*?</a>')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Citing:
    """How to cite one record: a source, or the page of any other record.

    ``text`` is the reference in the author-date style, ``bibtex``, ``ris`` and ``csl`` are the same work in these
    forms, ``files`` the addresses of the files from the site's root, by the names of the forms.
    """

    text: str
    bibtex: str
    ris: str
    csl: str
    files: Mapping[str, str]


def citing(corpus: Corpus, entry: Entry, full: Markup, edition: Edition) -> Citing:
    """Return how to cite a record; ``full`` is the reference of a source as HTML and counts for sources only."""
    source = own(corpus, entry, edition)
    text = plain(full) if entry.kind == "citations" else page_reference(entry, edition)
    return Citing(text, bibtex([source]), ris([source]), csl_json([source]), files(entry.id))


def own(corpus: Corpus, entry: Entry, edition: Edition) -> Work:
    """Return what is cited when a record is: the source itself, or the record's page."""
    return work(corpus, entry.id) if entry.kind == "citations" else page(entry, edition)


def files(id_: str) -> Mapping[str, str]:
    """Return the addresses of a record's files of references from the site's root, by the names of the forms."""
    return {form: f"{FOLDER}/{id_}{ending}" for form, ending in ENDINGS.items()}


def page_reference(entry: Entry, edition: Edition) -> str:
    """Return the reference of a record's page: who, year, title, site, version, day, address (Chicago 17, 14.207)."""
    source = page(entry, edition)
    who = ", ".join(edition.authors)
    year = source.date.year if source.date else "n.d."
    title = source.title if source.title[-1] in ".?!…" else f"{source.title}."
    version = f", version {edition.version}" if edition.version else ""
    day = f" {source.date.words}." if source.date else ""
    return f"{who}. {year}. “{title}” {edition.name}{version}.{day} {source.address}."


def whole_reference(edition: Edition) -> str:
    """Return the reference of the corpus as a whole."""
    version = f" Version {edition.version}." if edition.version else ""
    address = f"https://doi.org/{edition.doi}" if edition.doi else edition.base
    return f"{', '.join(edition.authors)}. {edition.year or 'n.d.'}. {edition.title}.{version} Data set. {address}."


def plain(reference: Markup) -> str:
    """Return a reference as plain text, its address to be followed and not to be read."""
    return unescape(_TAG.sub("", _ADDRESS.sub(r"\1", str(reference))))
