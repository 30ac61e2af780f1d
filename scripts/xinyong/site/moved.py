"""What stands at addresses that have nothing of their own any more: ways to what is there now, and what is gone.

Everything works without a server: a page leads on by itself, a file is there again under its old
name, an anchor that moved stands beside the one that took its place.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from xinyong.corpus.published import Gone
from xinyong.exports import withdrawn as files
from xinyong.pages import withdrawn
from xinyong.publication import Library
from xinyong.rules.addresses import leads, moves_lead_somewhere, record_of
from xinyong.site.addresses import PATTERNS, file_at
from xinyong.site.documents import Seen
from xinyong.site.engine import UnsoundError
from xinyong.site.templating import templates

_TAG = '<(\\w+)(?=[^<>]*? id="{}")[^<>]*>'
_H1 = re.compile(r"<(h1)\b[^<>]*>")
_CELL = re.compile(r"<t[dh]\b[^<>]*>")


def write(site: Path, library: Library, seen: Seen | None = None) -> None:
    """Write all this into the otherwise finished ``site``; pages that are written anew are no longer ``seen``.

    Raise UnsoundError for what leads nowhere.
    """
    corpus = library.corpus
    found = moves_lead_somewhere(corpus, lambda address: (site / file_at(address)).is_file())
    wrong = [problem for problem in found if problem.severity == "error"]
    if wrong:
        raise UnsoundError(wrong)
    ways = leads(corpus)
    for old, end in ways.items():
        if "#" not in old:
            _lead(site, library.home.base, old, end)
    for address, gone in corpus.published.gone.items():
        _withdraw(site, library, address, gone)
    for page, anchors in _anchors(library, ways).items():
        _keep(site, library.home.base, page, anchors)
        if seen:
            seen.pages.pop(file_at(page), None)


def touched(library: Library) -> frozenset[str]:
    """Return the addresses of the pages that are written here, or into which anchors are put."""
    ways = leads(library.corpus)
    return frozenset((*ways, *library.corpus.published.gone, *_anchors(library, ways)))


def _lead(site: Path, base: str, old: str, end: str) -> None:
    for name, target in _copies(old, end):
        if not (site / name).exists():
            _put(site / name, (site / target).read_bytes())
    if old.endswith("/"):
        _put(site / file_at(old), redirect(old, end, base).encode())


def _copies(old: str, end: str) -> Iterator[tuple[str, str]]:
    """Yield the files that answer under an old name, each with what stands in it: the file of the present name."""
    if not old.endswith("/"):
        yield old, end
        return
    (kind, id_), (new_kind, new_id) = record_of(old), record_of(end)
    for pattern, target in zip(PATTERNS.get(kind, ()), PATTERNS.get(new_kind, ()), strict=False):
        yield pattern.replace("*", id_), target.replace("*", new_id)


def redirect(old: str, end: str, base: str) -> str:
    """Return the page at the address ``old`` that leads to ``end``, at once and with the part behind '#'."""
    root = "../" * old.count("/")
    page, sharp, anchor = end.partition("#")
    way = posixpath.relpath(page, old) + "/" + sharp + anchor
    template = templates().get_template("moved.html.j2")
    return template.render(root=root, target=way, address=base + end)


def _withdraw(site: Path, library: Library, address: str, gone: Gone) -> None:
    if not address.endswith("/"):
        _put(site / address, files.of_file(address, gone, library.edition).encode())
        return
    _put(site / file_at(address), withdrawn.render(library, address, gone).html.encode())
    if record_of(address)[0]:
        for name, text in files.of_record(address, gone, library.edition):
            _put(site / name, text.encode())


def _anchors(library: Library, ways: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """Return, by page, the anchors that it no longer has of itself, each with where it leads."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in library.corpus:
        for _, former in entry.formers:
            found[entry.url][former] = f"{entry.url}#{entry.id}"
    for old, end in ways.items():
        page, sharp, anchor = old.partition("#")
        if sharp:
            found[ways.get(page, page).partition("#")[0]][anchor] = end
    return found


def _keep(site: Path, base: str, page: str, anchors: Mapping[str, str]) -> None:
    file = site / file_at(page)
    if not file.is_file():
        return  # the page is gone, and what is said there counts for all of it
    html = file.read_text(encoding="utf-8")
    for anchor, end in anchors.items():
        html = keep_anchor(html, page, anchor, end, base)
    _put(file, html.encode())


def keep_anchor(html: str, page: str, anchor: str, end: str, base: str) -> str:
    """Give a page an anchor again: beside what took its place, or as a line that leads to another page."""
    if f' id="{anchor}"' in html:
        return html
    target, _, named = end.partition("#")
    if target != page:
        return _lead_on(html, page, anchor, end, base)
    place = re.search(_TAG.format(re.escape(escape(named))), html) if named else None
    place = place or _H1.search(html)
    if place is None:
        return html
    cell = _CELL.search(html, place.end()) if place[1] == "tr" else None
    at = (cell or place).end()
    return f'{html[:at]}<span id="{escape(anchor)}"></span>{html[at:]}'


def _lead_on(html: str, page: str, anchor: str, end: str, base: str) -> str:
    """Add a line at an article's end that leads to another page."""
    at = html.rfind("</article>")
    if at < 0:
        return html
    target, sharp, named = end.partition("#")
    way = f"{posixpath.relpath(target, page)}/{sharp}{named}"
    template = templates().get_template("part_moved.html.j2")
    return (
        f"{html[:at]}{template.render(anchor=anchor, target=way, address=base + end)}\n{html[at:]}"
    )


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)  # never written into: it may be a file of the old site, too
    file.write_bytes(data)
