"""Write what lets a reader follow the corpus: the pages of months, and the dated pages of records."""

from __future__ import annotations

from pathlib import Path

from xinyong.exports.files import put
from xinyong.pages import changes, history
from xinyong.pages.view import View
from xinyong.publication import Library
from xinyong.site.slots import Shell


def write_months(site: Path, library: Library, shell: Shell) -> list[str]:
    """Pour the page of each month into the shell of the pages of changes.

    Return their addresses.
    """
    urls = []
    for page in changes.months(View(library)):
        (site / page.url).mkdir()
        put(site / page.url / "index.html", shell.pour(page, page.url.split("/")[1]))
        urls.append(page.url)
    return urls


def write_states(site: Path, library: Library) -> None:
    """Write the history of every record and the dated page of every state, none of which is in the sitemap."""
    for page in history.render(library):
        (site / page.url).mkdir(parents=True, exist_ok=True)
        put(f"{site}/{page.url}index.html", page.html)
