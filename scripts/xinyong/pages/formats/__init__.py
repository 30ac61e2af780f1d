"""A work in the forms in which others keep it, one module a form: BibTeX, RIS, CSL-JSON, tags, schema.org."""

from __future__ import annotations
