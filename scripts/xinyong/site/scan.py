"""Read the ids and links of a page that our templates made, by patterns: ten times as fast as a parser.

Our templates write every attribute in small letters and in double quotes, and escape quotes, ``<``
and ``>`` in what they show. What holds anything else, or code, is for the parser: ``is_plain`` says
so. ``tests/site/test_scan.py`` holds both readings of a site against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_ID = re.compile(r' id="([^"]*)"')
_LINKING = re.compile(
    r"<(a|area|audio|embed|iframe|img|link|object|source|video) ([^<>]*)>"
    r'|<(meta) ((?:property="og:(?:image|url)"|http-equiv|name="withdrawn")[^<>]*)>'
)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_DATA = '<script type="application/ld+json">'
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_STYLES = re.compile(r'<link rel="stylesheet"')

_BETWEEN = bytes.maketrans(b"\t\n\f\r\"'/", b"       ")
_HANDLER = re.compile(rb" on[a-z]+ *=")
_STYLE = re.compile(rb" style *=")
_ENTITY = re.compile(rb"&#(?!3[49];)")


def may_act(source: bytes) -> bool:
    """Say whether HTML may hold an attribute that a policy refuses: a style, a handler, a script as an address."""
    plain = source.lower().translate(_BETWEEN)
    return bool(
        _HANDLER.search(plain)
        or (b" style" in plain and _STYLE.search(plain))
        or b"javascript" in plain
        or _ENTITY.search(plain)
    )


def is_plain(html: str) -> bool:
    """Say whether patterns are enough: HTML without code, and without an attribute that may act."""
    is_code = "<style" in html or html.count("<script") != html.count(_DATA)
    return not is_code and not may_act(html.encode())


def ids(html: str) -> list[str]:
    """Return the ids of elements, in order."""
    return [_plain(found) for found in _ID.findall(html)]


def elements(html: str) -> Iterator[tuple[str, str]]:
    """Yield the elements that may link somewhere: name and attributes, as they are written."""
    for name, rest, meta, more in _LINKING.findall(html):
        yield name or meta, rest or more


def attributes(written: str) -> dict[str, str]:
    """Return the attributes of an element by their names."""
    return {key: _plain(value) for key, value in _ATTRIBUTE.findall(written)}


def policy(html: str) -> str | None:
    """Return the policy of a page without code, None where it has none, or none before its styles."""
    found, styles = _POLICY.search(html), _STYLES.search(html)
    if found is None or (styles and styles.start() < found.start()):
        return None
    return _plain(found[1])


def _plain(value: str) -> str:
    return unescape(value) if "&" in value else value
