"""Write what lets a reader follow the corpus: the pages of months, and the dated pages of records."""

from __future__ import annotations

from pathlib import Path

from xinyong.exports.files import put
from xinyong.pages import changes, history
from xinyong.pages.view import View
from xinyong.publication import Library
from xinyong.site.documents import Seen
from xinyong.site.slots import Shell


def write_months(site: Path, library: Library, shell: Shell, seen: Seen | None) -> list[str]:
    """Pour the page of each month into the shell of the pages of changes.

    Return their addresses.
    """
    urls = []
    for page in changes.months(View(library)):
        (site / page.url).mkdir()
        anchor = page.url.split("/")[1]
        put(site / page.url / "index.html", shell.pour(page, anchor))
        if seen:
            seen.poured(f"{page.url}index.html", shell, page, anchor)
        urls.append(page.url)
    return urls


def write_states(site: Path, library: Library, seen: Seen | None) -> None:
    """Write the history of every record and the dated page of every state, none of which is in the sitemap."""
    for page in history.render(library):
        (site / page.url).mkdir(parents=True, exist_ok=True)
        put(f"{site}/{page.url}index.html", page.html)
        if seen:
            seen.whole(f"{page.url}index.html", page.html)
