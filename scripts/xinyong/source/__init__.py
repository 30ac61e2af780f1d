"""Text read into values: YAML, dates, cites and prose. No record is known here."""

from __future__ import annotations
