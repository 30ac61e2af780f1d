"""The published data read back: from their address or a copy, each file checked by its checksum."""

from __future__ import annotations

from xinyong.reading.faults import LoadError
from xinyong.reading.published import is_copy, read

__all__ = ["LoadError", "is_copy", "read"]
