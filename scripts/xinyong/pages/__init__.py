"""Views of records as HTML fragments: one module and one template a kind."""

from __future__ import annotations
