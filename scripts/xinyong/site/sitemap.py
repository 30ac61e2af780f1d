"""The sitemap (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path


def write_sitemap(
    site: Path, base: str, urls: Iterable[str], changed: Mapping[str, datetime.date]
) -> None:
    """Write ``sitemap.xml`` with the pages ``urls`` (from the site's root) below the address ``base``.

    ``changed`` are the days on which pages last changed in meaning; the day of building is never
    told.
    """
    days = {url: f"<lastmod>{day.isoformat()}</lastmod>" for url, day in changed.items()}
    lines = [
        f"  <url><loc>{escape(base + url)}</loc>{days.get(url, '')}</url>" for url in sorted(urls)
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (site / "sitemap.xml").write_text(head + "\n".join(lines) + "\n</urlset>\n", encoding="utf-8")
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
