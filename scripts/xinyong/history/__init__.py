"""The history of records: their states, day by day, read from git and compared in meaning."""

from __future__ import annotations
