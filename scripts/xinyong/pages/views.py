"""The views under their former names, for modules that have not been moved to the new ones."""

from __future__ import annotations

from xinyong.pages.view import LAYERED, LooseView, View

__all__ = ["LAYERED", "LooseView", "View"]
