"""The tables that are not of one kind: all records, facts, cites, links, names, vocabularies."""

from __future__ import annotations

from xinyong.exports.columns import Column, Table

NAMING = (
    Column(
        "id",
        "text",
        "The record's id, unique in the whole corpus; its page is /<kind>/<id>/.",
        required=True,
    ),
    Column("name", "text", "The English name, or the title in English.", required=True),
    Column("name_zh", "text", "The name in simplified Chinese characters."),
    Column("name_pinyin", "text", "The pinyin of the Chinese name, with tone marks."),
)
_PLACE = (
    Column("record", "text", "The record in which it stands.", required=True, points_to="records"),
    Column("kind", "text", "The kind of that record.", required=True, vocabulary="kind"),
    Column("path", "text", "Where in the record it stands.", required=True),
)
HOLD = "List of texts: JSON arrays in CSV and SQLite."

RECORDS = Table(
    "records",
    "One row a record of any kind.",
    (
        NAMING[0],
        Column("kind", "text", "The kind of record.", required=True, vocabulary="kind"),
        *NAMING[1:],
        Column("names_also", "list", f"Every other name in use. {HOLD}"),
        Column(
            "layer",
            "text",
            "Who runs it: state, municipal, commercial or financial.",
            vocabulary="layer",
        ),
        Column("summary", "text", "What a newcomer has to know, as plain text."),
        Column("summary_zh", "text", "The summary in simplified Chinese, as plain text."),
        Column(
            "annotation",
            "text",
            "What is disputed, what changed, what the sources cannot show, as plain text.",
        ),
        Column("reviewed", "date", "The day on which it was last held against its sources."),
        Column("facts", "integer", "How many facts it states.", required=True),
        Column("formerly", "list", f"Ids that it had before. {HOLD}"),
        Column("url", "text", "The address of its page.", required=True),
    ),
    ("id",),
    by_kind=True,
)
FACTS = Table(
    "facts",
    "One row a fact: a value, when it held, how well it stands, and the citations that support it.",
    (
        Column("id", "text", "The record's id and the path, joined by '#'.", required=True),
        Column("record", "text", "The record that states it.", required=True, points_to="records"),
        Column("kind", "text", "The kind of that record.", required=True, vocabulary="kind"),
        Column(
            "field", "text", "The field of the record, such as launched or benefits.", required=True
        ),
        Column("path", "text", "Where in the record it stands, such as benefits.0.", required=True),
        Column(
            "value",
            "text",
            "What is so, as text; of an entry with several parts the first.",
            required=True,
        ),
        Column("number", "number", "The value as a number, where it is one."),
        Column("date_from", "date", "The first day that the value may mean, where it is a date."),
        Column(
            "date_to",
            "date",
            "The last day that the value may mean, where it is a date with an end.",
        ),
        Column(
            "target",
            "text",
            "The record that the value names, where it is a link.",
            points_to="records",
        ),
        Column(
            "more",
            "json",
            "The other parts of the entry, as a JSON object; see the model's fields.",
        ),
        Column("as_of", "text", "The date at which it held, in EDTF."),
        Column("as_of_from", "date", "The first day of that date."),
        Column("as_of_to", "date", "The last day of that date, where it has an end."),
        Column(
            "standing",
            "text",
            "How well it is supported: primary, corroborated, single, second-hand or inferred.",
            required=True,
            vocabulary="standing",
        ),
        Column(
            "disputed",
            "boolean",
            "Whether another entry for the same time contradicts it.",
            required=True,
        ),
        Column("cite", "list", f"The citations that support it, by id. {HOLD}", required=True),
        Column(
            "locator",
            "list",
            f"Where in each of them, in the same order; empty where not said. {HOLD}",
            required=True,
        ),
        Column(
            "via",
            "list",
            f"The work in which each was read, where it was not read itself. {HOLD}",
            required=True,
        ),
        Column("note", "text", "What is counted, what is doubtful, why an entry is preferred."),
        Column(
            "inferred",
            "text",
            "Given where no source says it but it follows from what they say: how.",
        ),
    ),
    ("id",),
    by_kind=True,
)
CITES = Table(
    "cites",
    "One row a cite: a place in a record that points to a citation.",
    (
        *_PLACE,
        Column("position", "integer", "Its place among the cites there, from 0.", required=True),
        Column(
            "fact",
            "text",
            "The fact that it supports; empty for a cite in a text or a relation.",
            points_to="facts",
        ),
        Column(
            "citation", "text", "The citation that it names.", required=True, points_to="citations"
        ),
        Column("locator", "text", "Where in that work."),
        Column(
            "via",
            "text",
            "The cite of the work in which it was read, where it was not read itself.",
        ),
        Column(
            "read",
            "text",
            "The citation that was read: the one named, or the last of via.",
            required=True,
            points_to="citations",
        ),
    ),
    ("record", "path", "position"),
    by_kind=True,
)
LINKS = Table(
    "links",
    "One row a link from one record to another, in a field or in a text.",
    (
        *_PLACE,
        Column("position", "integer", "Its place among the links there, from 0.", required=True),
        Column("field", "text", "The field: what the link means.", required=True),
        Column(
            "target", "text", "The record that it points to.", required=True, points_to="records"
        ),
        Column("target_kind", "text", "The kind of that record.", required=True, vocabulary="kind"),
    ),
    ("record", "path", "position"),
    by_kind=True,
)
NAMES = Table(
    "names",
    "One row a name by which a record can be found.",
    (
        Column("record", "text", "The record.", required=True, points_to="records"),
        Column("kind", "text", "The kind of that record.", required=True, vocabulary="kind"),
        Column("position", "integer", "Its place among the record's names, from 0.", required=True),
        Column("form", "text", "en, zh, pinyin or also.", required=True),
        Column("name", "text", "The name.", required=True),
    ),
    ("record", "position"),
    by_kind=True,
)
VOCABULARY = Table(
    "vocabulary",
    "One row a value of a controlled vocabulary.",
    (
        Column("vocabulary", "text", "The vocabulary.", required=True),
        Column(
            "position",
            "integer",
            "Its place in the order in which pages show the values, from 0.",
            required=True,
        ),
        Column("value", "text", "The value as it stands in the records.", required=True),
        Column("label", "text", "Its label in English.", required=True),
        Column("meaning", "text", "The line that defines it.", required=True),
    ),
    ("vocabulary", "value"),
)

GENERAL = (RECORDS, FACTS, CITES, LINKS, NAMES, VOCABULARY)
"""All of them, in the order in which they are shown."""
