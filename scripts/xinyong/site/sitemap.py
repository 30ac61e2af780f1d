"""The sitemap (https://www.sitemaps.org/protocol.html), and pages that lead from former addresses to present ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.pages.words import LANGUAGE, WORDS


def write_sitemap(site: Path, base: str, urls: Iterable[str], changed: Mapping[str, datetime.date]) -> None:
    """Write ``sitemap.xml`` with the pages ``urls`` (from the site's root) below the address ``base``.

    ``changed`` are the days on which pages last changed in meaning; the day of building is never told.
    """
    days = {url: f"<lastmod>{day.isoformat()}</lastmod>" for url, day in changed.items()}
    lines = [f"  <url><loc>{escape(base + url)}</loc>{days.get(url, '')}</url>" for url in sorted(urls)]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (site / "sitemap.xml").write_text(head + "\n".join(lines) + "\n</urlset>\n", encoding="utf-8")
    (site / "sitemap.xml.gz").unlink(missing_ok=True)


def write_redirects(site: Path, base: str, corpus: Corpus) -> None:
    """Write a page at each former address of a record that leads to its present one."""
    for entry in corpus:
        for former in entry.record.formerly:
            folder = site / entry.kind / former
            folder.mkdir(parents=True)
            (folder / "index.html").write_text(_redirect(f"../{entry.id}/", base + entry.url), encoding="utf-8")


def _redirect(target: str, address: str) -> str:
    target, address = escape(target), escape(address)
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n<title>{WORDS["moved"]}</title>\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f'<meta name="robots" content="noindex">\n<link rel="canonical" href="{address}">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
        f'<body><p>{WORDS["moved-to"]} <a href="{target}">{address}</a></p></body>\n</html>\n'
    )
