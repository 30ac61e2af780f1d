"""The same in the newest alpha of Datasette's version 1."""

# /// script
# dependencies = ["datasette>=1.0a0"]
# ///

from __future__ import annotations

from try_datasette import *  # noqa: F403
