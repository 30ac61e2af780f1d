"""The page that stands at the address of what was withdrawn: since when, why, and where to look now."""

from __future__ import annotations

from xinyong.corpus.published import Gone
from xinyong.corpus.text import title_of
from xinyong.pages.environment import templates
from xinyong.pages.history import Bare
from xinyong.pages.page import picture
from xinyong.publication import Library
from xinyong.source import edtf
from xinyong.words import HISTORY


def render(library: Library, address: str, gone: Gone) -> Bare:
    """Render the page at ``address``, which search engines leave out."""
    root = "../" * address.count("/")
    name = address.rstrip("/").rpartition("/")[2]
    more = {
        "title": HISTORY["withdrawn"].format(name=name),
        "canonical": library.home.base + address,
        "address": library.home.base + address,
        "day": edtf.parse(gone.on).words,
        "picture": picture(library.home.base, address.partition("/")[0]),
        "about": gone.why,
        "gone": gone,
        "see": [_link(library, target, root) for target in gone.see],
        "past": _past(library, address),
    }
    template = templates().get_template("withdrawn.html.j2")
    return Bare(address, template.render(root=root, **more))


def _link(library: Library, target: str, root: str) -> tuple[str, str]:
    """Return the address of a page from the page itself, and what it is called."""
    if "://" in target:
        return target, target
    page = target.partition("#")[0].rstrip("/").rpartition("/")
    entry = library.corpus.entries.get(page[2])
    is_record = entry is not None and entry.kind == page[0]
    return root + target, title_of(entry) if entry and is_record else target


def _past(library: Library, address: str) -> str:
    """Return the address of the history of the record that stood at an address; empty where git knows none."""
    kind, _, id_ = address.rstrip("/").partition("/")
    line = library.history.lines.get((kind, id_))
    return line.url if line and library.history.has_page(line) else ""
