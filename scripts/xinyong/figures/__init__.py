"""Figures as accessible inline SVG, drawn when the site is built."""

from __future__ import annotations
