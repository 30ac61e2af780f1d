"""Xinyong (信用): an annotated corpus on China's credit systems, checked and rendered."""

from __future__ import annotations
