"""Sources from elsewhere.

Reference managers' files made into records of citations, and found among those there are.
"""

from __future__ import annotations
