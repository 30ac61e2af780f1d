"""The index of each kind: a plain table of all its records, which a script makes sortable and filterable.

Without the script a table stands in a sensible order and its form is hidden. With it, what is looked for, the facets
chosen and the order stand in the page's address, so that a table can be shared as one sees it. A long one has further
pages (``paging``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xinyong.pages.indexes import (
    blacklists,
    citations,
    cities,
    claims,
    organizations,
    programs,
    terms,
)
from xinyong.pages.indexes.table import Table
from xinyong.pages.view import View

INDEXES: Mapping[str, Callable[[View], Table]] = {
    "programs": programs.index,
    "blacklists": blacklists.index,
    "cities": cities.index,
    "citations": citations.index,
    "terms": terms.index,
    "organizations": organizations.index,
    "claims": claims.index,
}
"""The index of each kind; events stand on a timeline instead."""
