"""The corpus in other formats: one module a format."""

from __future__ import annotations
