"""From the engine's built pages to the whole site: slots, pour, search, redirects, sitemap, link check."""

from __future__ import annotations
