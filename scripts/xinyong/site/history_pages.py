"""Write the histories of records, and their dated pages."""

from __future__ import annotations

from pathlib import Path

from xinyong.exports.files import put
from xinyong.pages import history
from xinyong.publication import Library
from xinyong.site.documents import Seen


def write_states(site: Path, library: Library, seen: Seen | None) -> None:
    """Write the history of every record and the dated page of every state, none of which is in the sitemap."""
    for page in history.render(library):
        (site / page.url).mkdir(parents=True, exist_ok=True)
        put(f"{site}/{page.url}index.html", page.html)
        if seen:
            seen.whole(f"{page.url}index.html", page.html)
