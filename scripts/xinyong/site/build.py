"""Build the site: the engine's pages, then the pour, in a folder of its own until all of it is right."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from urllib.parse import quote, unquote

from mkdocs.config.defaults import MkDocsConfig

from xinyong import edition
from xinyong.corpus import Corpus, Trees, load
from xinyong.exports import everything
from xinyong.figures import locator
from xinyong.history.known import Known
from xinyong.history.lines import UNREAD, History
from xinyong.pages import changes, compare
from xinyong.pages.indexes import paging
from xinyong.pages.kinds import render_all
from xinyong.pages.problems import render_codes
from xinyong.pages.view import View
from xinyong.problems import CODES, Problem
from xinyong.problems.formats import page_of
from xinyong.publication import Library
from xinyong.rules.all import check as check_corpus
from xinyong.site import (
    addresses,
    crawlers,
    documents,
    engine,
    engine_notes,
    feeds,
    history_pages,
    links,
    moved,
    opensearch,
    reuse,
    search,
    search_kept,
    search_pages,
    sitemap,
    slots,
    terms,
    texts,
)
from xinyong.site import history as past
from xinyong.site.beside import beside
from xinyong.site.docs import published_as_it_is
from xinyong.site.place import check, kept, mark
from xinyong.site.reads import ReadLibrary
from xinyong.site.search_rows import Row
from xinyong.site.unfilled import SHELL, SHELLS, Unfilled
from xinyong.site.whole import Whole, stamps
from xinyong.site.workshop import opened
from xinyong.source.edtf import Edtf
from xinyong.words import SCRIPTS

SCRIPT_WORDS = Path("assets/words.js")
"""What the page scripts say, a module that ``docs/assets/ui.js`` imports."""


@dataclass
class Progress:
    """Told of each stage as it begins, of each page poured, and of what else happens.

    It does nothing unless told what to do.
    """

    stage: Callable[[str], None] = field(default=lambda _name: None)
    step: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    note: Callable[[str], None] = field(default=lambda _said: None)


def read_sound(
    root: Path, today: Edtf, progress: Progress | None = None, whole: Whole | None = None
) -> tuple[Corpus, list[Problem]]:
    """Load and check a corpus.

    Return it with its warnings, raise UnsoundError where it has errors. By ``whole`` one build
    notes for the next what the files hold, and which records nothing was said of.
    """
    progress = progress or Progress()
    progress.stage("read")
    known = whole.known("records") if whole else {}
    trees, was = Trees(known.get("trees", {})), known.get("sound", {})
    corpus, problems = load(root, trees)
    progress.stage("check")
    same = {entry.url for entry in corpus if was.get(entry.url) == entry.digest}
    problems += check_corpus(corpus, today, sound=same)
    if any(problem.severity == "error" for problem in problems):
        raise engine.UnsoundError(problems)
    told = {problem.file for problem in problems}
    sound = {entry.url: entry.digest for entry in corpus if entry.file not in told}
    if whole and sound != was:
        whole.keep("records", {"trees": trees.now, "sound": sound})
    return corpus, problems


def build(  # noqa: PLR0913, PLR0917 - what is built from what, and how
    config_file: Path,
    root: Path,
    out: Path,
    today: Edtf,
    progress: Progress | None = None,
    demand: past.Demand = "known",
    whole: Whole | None = None,
    *,
    parallel: bool = False,
) -> list[Problem]:
    """Build the site of the corpus ``root`` into ``out``; return the corpus's warnings.

    ``demand`` says what is asked of the history; see ``past.Demand``. By ``whole`` one build
    notes for the next what it need not make again; without it all is made anew. ``parallel`` lets
    a second process make the exports.

    The site is built beside ``out`` and takes its place only when the corpus is sound and every
    link of the new site leads somewhere. Raises UnsoundError otherwise, PlaceError where ``out`` is
    no place for a site; then ``out`` is as it was.
    """
    progress = progress or Progress()
    check(out, kept(root, config_file))
    with opened(out, progress.note) as work:
        corpus, warnings = read_sound(root, today, progress, whole)
        progress.stage("history")
        known = Known(found=whole.known("history") if whole else {})
        history, found = past.read(root, corpus, demand, known)
        warnings += found
        if any(problem.severity == "error" for problem in found):
            raise engine.UnsoundError(warnings)
        progress.stage("theme")
        folder = work.folder
        config = engine.configure(config_file, folder)
        engine_notes.run(config, folder, whole.place if whole else None)
        seen = documents.Seen()
        last = reuse.Last.of(whole.place) if whole else None
        library = finish(folder, config, corpus, history, progress, seen, last, parallel=parallel)
        progress.stage("links")
        files = dict(stamps(folder))
        built = documents.read(folder, _known(seen, last), files)
        unlinked = published_as_it_is(Path(config.docs_dir))
        base = engine.address(config)
        before = last.sound(base, unlinked) if last else None
        broken = links.check(folder, base, unlinked, built, before)
        broken += addresses.vanished(built, corpus, library.history)
        if broken:
            shown = [replace(p, file=p.file.replace(str(folder), str(out), 1)) for p in broken]
            raise engine.UnsoundError(shown)
        progress.stage("replace")
        work.put()
        if whole and last:
            last.note(built, files)
            if known.has_grown:
                whole.keep("history", known.notes())
            whole.note(Path(config.docs_dir), warnings, files)
    return warnings


def _known(seen: documents.Seen, last: reuse.Last | None) -> documents.Known:
    def known(name: str, file: Path) -> documents.Document | None:
        return seen.pages.get(name) or (last.page(name, file) if last else None)

    return known


def library_of(config: MkDocsConfig, corpus: Corpus, history: History = UNREAD) -> Library:
    """Return a corpus ready for pages of the site that ``config`` describes."""
    message = edition.read(Path(config.config_file_path).parent, engine.address(config))
    return Library(corpus, engine.home(config), message, history)


def finish(  # noqa: PLR0913, PLR0917 - what is finished, of what, and from what
    site: Path,
    config: MkDocsConfig,
    corpus: Corpus,
    history: History,
    progress: Progress | None = None,
    seen: documents.Seen | None = None,
    last: reuse.Last | None = None,
    *,
    parallel: bool = False,
) -> Library:
    """Turn the engine's pages in ``site`` into the whole site of the corpus; return its library.

    Records are poured, slots filled, the index, the sitemap, redirects, feeds and the pages of the
    history written. The link check's ``seen`` is told of the pages. The files of records that are
    as in the ``last`` site are taken over from it.
    """
    progress = progress or Progress()
    library = library_of(config, corpus, history)
    docs = Path(config.docs_dir)
    try:
        pages = Unfilled.made(site, docs)
        progress.stage("pour")
        if last:
            library = last.take_records(site, library, pages.shells, moved.touched(library))
            last.take_histories(site)
        with beside(lambda: _made_beside(library, site), wanted=parallel) as made:
            _pour(pages, library, progress, seen)
            urls = list(dict.fromkeys(_addresses(pages.names, corpus)))
            progress.stage("search")
            sections = _sections(site, urls, corpus, docs)
            search_kept.write(site, library, sections, last.index if last else None)
            search.remove_theme_search(site)
            progress.stage("follow")
            feeds.write(site, library)
            more = chain(changes.months(View(library)), paging.further(library))
            urls += [pages.put(page, seen) for page in more]
            progress.stage("slots")
            waiting = [name for name in pages.names if pages.waits(name)]
            if last:
                last.take_pages(pages)
            for name in pages.names:
                if name not in waiting and not library.has_files(name):
                    _fill(pages, name, library, docs)
            _write_others(site, config, library, urls)
            progress.stage("exports")
            written, (names, read), states = made()
        if isinstance(library, ReadLibrary):
            library.read_elsewhere(names, read)
        if seen:
            seen.pages.update(documents.unpacked(*states))
        for name in waiting:
            _fill(pages, name, library, docs, written)
    except slots.SlotError as error:
        raise engine.UnsoundError([Problem("X810", str(error), config.docs_dir)]) from error
    moved.write(site, library, seen)
    mark(site)
    return library


def _write_others(site: Path, config: MkDocsConfig, library: Library, urls: Iterable[str]) -> None:
    """Write what is neither a page nor an export: for page scripts, crawlers and search fields."""
    corpus, docs = library.corpus, Path(config.docs_dir)
    for name, data in compare.files(library):
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    write_assets(site, corpus)
    texts.write(site, docs, library)
    crawlers.write(site, docs, library)
    opensearch.write(site, library.edition)
    days = {
        entry.url: day
        for entry in corpus
        if (day := library.history.last_changed(entry.kind, entry.id))
    }
    sitemap.write_sitemap(site, engine.address(config), urls, days)


_Reads = tuple[list[str], Mapping[str, Sequence[int]]]
"""The names of what was read, and by addresses which of them were, by their places."""


def _made_beside(
    library: Library, site: Path
) -> tuple[everything.Written, _Reads, documents.Packed]:
    """Write all exports and the pages of histories, which nothing else waits for.

    Return what was exported, what was read of the library for all of it, what stands in the pages.
    """
    seen = documents.Seen()
    history_pages.write_states(site, library, seen)
    written = everything.write(library, site)
    read = (library.reads.names, library.read) if isinstance(library, ReadLibrary) else ([], {})
    return written, read, documents.packed(seen.pages)


def _addresses(names: Iterable[str], corpus: Corpus) -> Iterator[str]:
    """Yield the addresses of the engine's pages, of records and of codes; none of the past."""
    for name in names:
        folder, _, file = name.rpartition("/")
        if file == "index.html":
            yield quote(f"{folder}/".removeprefix("/"))
    yield from (entry.url for entry in corpus)
    yield from (page_of(code) for code in CODES)


def write_assets(site: Path, corpus: Corpus) -> None:
    """Write what many pages load: the land of small maps, the cards of terms, what the page scripts say."""
    (site / locator.FILE).write_text(locator.land(), encoding="utf-8")
    terms.write_cards(site, corpus)
    message = json.dumps(dict(SCRIPTS), ensure_ascii=False)
    (site / SCRIPT_WORDS).write_text(f"export default {message}\n", encoding="utf-8")


def _pour(
    pages: Unfilled, library: Library, progress: Progress, seen: documents.Seen | None
) -> None:
    for kind in SHELLS:
        shutil.rmtree(pages.folder / kind / SHELL)
    total = sum(not library.has_files(entry.url) for entry in library.corpus) + len(CODES)
    for done, page in enumerate(chain(render_all(library), render_codes(library)), 1):
        pages.put(page, seen)
        progress.step(done, total)


def _sections(site: Path, urls: Iterable[str], corpus: Corpus, docs: Path) -> Iterator[Row]:
    """Yield the sections of the hand-written pages, whose slots are still empty."""
    poured = {entry.url for entry in corpus} | {page_of(code) for code in CODES}
    for url in sorted(urls):
        if url not in poured:
            file = site / unquote(url) / "index.html"
            asked = search_pages.asked(docs, unquote(url))
            yield from search_pages.sections(url, file.read_text(encoding="utf-8"), asked)


def _fill(
    pages: Unfilled,
    name: str,
    library: Library,
    docs: Path,
    written: everything.Written | None = None,
) -> None:
    try:
        with nullcontext() if written else library.making(name):
            filled = pages.filled(name, library, written)
    except slots.SlotError as error:
        place = Path(name)
        names = (f"{place.parent.as_posix()}.md", place.with_suffix(".md").as_posix())
        source = next((name for name in names if (docs / name).is_file()), "")
        raise engine.UnsoundError(
            [engine.problem_in_docs("X810", str(error), docs, source, error.slot)]
        ) from error
    (pages.folder / name).write_text(filled, encoding="utf-8")
