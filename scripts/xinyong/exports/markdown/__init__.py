"""Records as Markdown with numbered sources, for programs that read text and quote it.

``commonmark`` writes text so that it says just what it says, ``text`` is one text while it is
written, ``record`` the page of a record, ``slots`` what stands in the slots of hand-written pages.
"""

from xinyong.exports.markdown.record import record
from xinyong.exports.markdown.slots import slot
from xinyong.exports.markdown.text import Shared, Text
from xinyong.references.tags import FILE

__all__ = ["FILE", "Shared", "Text", "record", "slot"]
