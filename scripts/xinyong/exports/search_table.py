"""The full-text search of the database, which knows Chinese.

SQLite's own search takes a run of Chinese characters for one word, and its trigrams find no word of
two. So the column ``han`` holds every part of a run, up to twelve characters: ``MATCH '荣成'`` finds
荣成市, and ``MATCH '失信被执行人'`` all that ``LIKE`` finds. Overlapping pairs stand there in their
order, so that a longer part is found as a phrase of them: ``MATCH '"失信 信被 被执"'``.

Only the index is kept; the texts are those of the table ``records``, seen through ``search_text``
(https://www.sqlite.org/fts5.html#external_content_tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xinyong.exports.columns import Row
from xinyong.source.han import HAN

NAME = "search"
TEXTS = "search_text"

LONGEST = 12
"""The longest part of a run that is found as one word."""

CREATE = (
    """
CREATE VIEW search_text AS SELECT rowid AS number, id, kind, name,
  trim(coalesce(name_zh || ' ', '') || coalesce(name_pinyin || ' ', '')
    || coalesce((SELECT group_concat(value, ' ') FROM json_each(names_also)), '')) AS names,
  trim(coalesce(summary || ' ', '') || coalesce(summary_zh || ' ', '') || coalesce(annotation, '')) AS text,
  NULL AS han -- the parts of Chinese words, which only the index has
FROM records""",
    """
CREATE VIRTUAL TABLE search USING fts5(
  id UNINDEXED, kind UNINDEXED, name, names, text, han,
  content = 'search_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')""",
)
INSERT = "INSERT INTO search(rowid, name, names, text, han) VALUES (?, ?, ?, ?, ?)"
OPTIMIZE = "INSERT INTO search(search) VALUES ('optimize')"

_RUN = re.compile(f"(?:{HAN.pattern}|[〇々])+")
_LENGTHS = (1, *range(3, LONGEST + 1))


def search_row(record: Row) -> tuple[str, ...]:
    """Return what is searched of a row of the table of records: name, other names, text, parts of Chinese."""
    names = " ".join(
        filter(None, (record["name_zh"], record["name_pinyin"], *record["names_also"]))
    )
    texts = (record["summary"], record["summary_zh"], record["annotation"])
    text = " ".join(filter(None, texts))
    return record["name"], names, text, " ".join(parts(f"{record['name']} {names} {text}"))


def parts(text: str) -> Iterator[str]:
    """Yield what is searched of every run of Chinese characters: its pairs, then other parts once."""
    yield from pairs(text)
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        for length in _LENGTHS:
            for start in range(len(run) - length + 1):
                found[run[start : start + length]] = None
    yield from found


def pairs(text: str) -> Iterator[str]:
    """Yield every run of Chinese characters as overlapping pairs.

    A single character stands alone.
    """
    for run in _RUN.findall(text):
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
