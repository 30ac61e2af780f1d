"""The types of citation, each described once: what it is called in every form of a reference.

Laws and documents are reports in BibTeX and CSL, and ``GOVDOC`` in RIS, which Zotero takes for a
report: the types for legislation there are printed without their authors. Some names in RIS are not
the nearest, since Zotero takes every type that it does not know for an article in a journal: so
papers are ``MANSCPT`` and not ``UNPB``, filings ``RPRT`` and not ``GEN``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CoinsForm = Literal["journal", "book", "dissertation", "dc"]
"""The form of an OpenURL that a work is described in (ANSI/NISO Z39.88-2004)."""


@dataclass(frozen=True)
class WorkType:
    """What works of one type are called in other people's formats.

    ``bibtex``, ``ris``, ``csl``, ``zotero``, ``schema_org``, ``coins`` and ``coins_genre`` are what
    is written.
    ``from_bibtex`` and ``from_csl`` are the names in a file that become this type. ``highwire`` is
    the tag for what such a work stands in. ``quoted`` titles stand in quotation marks, others in
    italics. ``has_genre`` says that the type's own label says more than its type in those formats.
    ``reliability`` is what a work is taken for until a person has looked; it is never better than
    the type allows.
    """

    bibtex: str
    ris: str
    csl: str
    zotero: str
    schema_org: str
    reliability: str
    coins: CoinsForm = "dc"
    coins_genre: str = ""
    highwire: str = ""
    quoted: bool = False
    has_genre: bool = False
    from_bibtex: tuple[str, ...] = ()
    from_csl: tuple[str, ...] = ()


TYPES: Mapping[str, WorkType] = {
    "law": WorkType(
        bibtex="techreport",
        ris="GOVDOC",
        csl="report",
        zotero="report",
        schema_org="Legislation",
        reliability="primary-law",
        coins="book",
        coins_genre="report",
        has_genre=True,
        from_bibtex=("legislation", "legal", "jurisdiction", "statute"),
        from_csl=("legislation", "bill", "regulation", "legal_case", "treaty"),
    ),
    "policy": WorkType(
        bibtex="techreport",
        ris="GOVDOC",
        csl="report",
        zotero="report",
        schema_org="Legislation",
        reliability="primary-law",
        coins="book",
        coins_genre="report",
        has_genre=True,
    ),
    "translation": WorkType(
        bibtex="techreport",
        ris="GOVDOC",
        csl="report",
        zotero="report",
        schema_org="Legislation",
        reliability="primary-law",
        coins="book",
        coins_genre="report",
        has_genre=True,
    ),
    "article": WorkType(
        bibtex="article",
        ris="JOUR",
        csl="article-journal",
        zotero="journalArticle",
        schema_org="ScholarlyArticle",
        reliability="academic",
        coins="journal",
        highwire="journal_title",
        quoted=True,
        from_bibtex=("article", "periodical", "suppperiodical", "review"),
        from_csl=("article-journal", "journal-article", "review", "review-book"),
    ),
    "news": WorkType(
        bibtex="article",
        ris="NEWS",
        csl="article-newspaper",
        zotero="newspaperArticle",
        schema_org="NewsArticle",
        reliability="news",
        coins="journal",
        highwire="journal_title",
        quoted=True,
        from_csl=("article-newspaper", "article-magazine", "broadcast"),
    ),
    "chapter": WorkType(
        bibtex="incollection",
        ris="CHAP",
        csl="chapter",
        zotero="bookSection",
        schema_org="Chapter",
        reliability="academic",
        coins="book",
        coins_genre="bookitem",
        highwire="inbook_title",
        quoted=True,
        from_bibtex=("incollection", "inbook", "bookinbook", "suppbook", "inreference"),
        from_csl=("chapter", "book-chapter", "entry", "entry-dictionary", "entry-encyclopedia"),
    ),
    "book": WorkType(
        bibtex="book",
        ris="BOOK",
        csl="book",
        zotero="book",
        schema_org="Book",
        reliability="academic",
        coins="book",
        from_bibtex=(
            "book",
            "mvbook",
            "booklet",
            "collection",
            "mvcollection",
            "manual",
            "reference",
            "proceedings",
        ),
        from_csl=("book", "monograph", "edited-book"),
    ),
    "thesis": WorkType(
        bibtex="phdthesis",
        ris="THES",
        csl="thesis",
        zotero="thesis",
        schema_org="Thesis",
        reliability="academic",
        coins="dissertation",
        quoted=True,
        has_genre=True,
        from_bibtex=("thesis", "phdthesis", "mastersthesis"),
        from_csl=("thesis", "dissertation"),
    ),
    "paper": WorkType(
        bibtex="unpublished",
        ris="MANSCPT",
        csl="article",
        zotero="preprint",
        schema_org="ScholarlyArticle",
        reliability="academic",
        quoted=True,
        has_genre=True,
        from_bibtex=("unpublished", "inproceedings", "conference"),
        from_csl=(
            "article",
            "paper-conference",
            "proceedings-article",
            "manuscript",
            "speech",
            "posted-content",
        ),
    ),
    "report": WorkType(
        bibtex="techreport",
        ris="RPRT",
        csl="report",
        zotero="report",
        schema_org="Report",
        reliability="think-tank",
        coins="book",
        coins_genre="report",
        has_genre=True,
        from_bibtex=("report", "techreport"),
        from_csl=("report",),
    ),
    "web": WorkType(
        bibtex="online",
        ris="ELEC",
        csl="webpage",
        zotero="webpage",
        schema_org="WebPage",
        reliability="blog",
        quoted=True,
        from_bibtex=("online", "electronic", "www", "misc"),
        from_csl=("webpage", "post", "post-weblog", "document"),
    ),
    "filing": WorkType(
        bibtex="misc",
        ris="RPRT",
        csl="document",
        zotero="document",
        schema_org="DigitalDocument",
        reliability="company",
        has_genre=True,
    ),
    "dataset": WorkType(
        bibtex="misc",
        has_genre=True,
        ris="DATA",
        csl="dataset",
        zotero="dataset",
        schema_org="Dataset",
        reliability="blog",
        from_bibtex=("dataset",),
        from_csl=("dataset",),
    ),
    "film": WorkType(
        bibtex="misc",
        ris="MPCT",
        csl="motion_picture",
        zotero="film",
        schema_org="Movie",
        reliability="news",
        quoted=True,
        has_genre=True,
        from_bibtex=("movie", "video"),
        from_csl=("motion_picture",),
    ),
}
"""Every type of citation by its value in a record."""

DOCUMENTS = ("law", "policy")
"""The types that are laws and documents of state."""

WITH_TRANSLATIONS = (*DOCUMENTS, "translation")
"""The types that are laws and documents of state, or their translations."""

FROM_BIBTEX: Mapping[str, str] = {
    name: key for key, type_ in TYPES.items() for name in type_.from_bibtex
}
"""The type of citation that each type of BibTeX entry becomes."""

FROM_CSL: Mapping[str, str] = {name: key for key, type_ in TYPES.items() for name in type_.from_csl}
"""The type of citation that each type of CSL item becomes; Crossref's own names are among them."""
