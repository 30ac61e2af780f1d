"""``opensearch.xml``, by which a browser adds the site to the searches that it offers (OpenSearch 1.1)."""

from __future__ import annotations

from pathlib import Path

from markupsafe import escape

from xinyong.edition import Edition
from xinyong.exports.files import put

FILE = "opensearch.xml"
_SHORTEST = 16
"""So many letters the standard lets the short name have."""

_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{name}</ShortName>
  <Description>{title}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Url type="text/html" template="{base}?q={{searchTerms}}"/>
  <Image width="16" height="16" type="image/svg+xml">{base}assets/icons/icon.svg</Image>
</OpenSearchDescription>
"""


def write(site: Path, edition: Edition) -> None:
    """Write the description of the search into ``site``."""
    put(site / FILE, description(edition))


def description(edition: Edition) -> str:
    """Describe the search: its name, and the address that answers it."""
    name, title, base = (
        escape(text) for text in (edition.name[:_SHORTEST], edition.title, edition.base)
    )
    return _DESCRIPTION.format(name=name, title=title, base=base)
