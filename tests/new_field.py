"""A stranger adds two fields to a place: this lays them over the program, and writes what every
room makes of them.

Run by ``test_new_field.py`` in a process of its own, since the models are read when the program is
loaded.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

from pydantic import Field

from xinyong import records, words
from xinyong.records import cities
from xinyong.records.base import Points
from xinyong.records.types import CityLink, Text


class City(cities.City):
    """A place with two fields more."""

    mayor: Points[Text] = Field([], description="Who heads the place.")
    capital: CityLink | None = Field(None, description="The place that it is governed from.")


def add_fields() -> None:
    """Put the model with more fields where the program looks for that of a place."""
    models = dict(records.MODELS)
    models["cities"] = City
    records.MODELS = models
    records.City = City  # type: ignore[misc]
    cities.City = City  # type: ignore[misc]


def results(corpus_folder: Path, out: Path) -> dict[str, object]:
    """Build what each room makes of the corpus in ``corpus_folder``, files below ``out``."""
    from xinyong.cli.drafts import Draft
    from xinyong.corpus import load
    from xinyong.edition import Edition
    from xinyong.exports import everything
    from xinyong.exports.schema import kind_table
    from xinyong.pages import compare, evidence, guide, kinds
    from xinyong.pages.view import View
    from xinyong.publication import Library
    from xinyong.records import fields, schema
    from xinyong.rules.all import check, today

    corpus, problems = load(corpus_folder)
    problems += check(corpus, today())
    library = Library(corpus, edition=Edition())
    entry = corpus["rongcheng"]
    everything.write(library, out)
    with sqlite3.connect(out / "data" / "xinyong.sqlite") as database:
        keys = database.execute("PRAGMA foreign_key_list(cities)").fetchall()
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        row = database.execute("SELECT capital FROM cities WHERE id = 'rongcheng'").fetchone()
    fact_paths = [path for path, _ in entry.values(records.base.Cited)]
    return {
        "problems": [problem.message for problem in problems if problem.severity == "error"],
        "page": str(kinds.RENDER["cities"](library, entry).body),
        "wanted": str(evidence.wanted(View(library))),
        "guide": str(guide.fields(View(library), "cities")),
        "compare": compare.column(library, entry).json().decode(),
        "schema": sorted(schema.schema("cities")["properties"]),
        "columns": [column.name for column in kind_table("cities").columns],
        "keys": {key[3]: key[2] for key in keys},
        "broken": broken,
        "capital": row[0],
        "facts": [".".join(map(str, path)) for path in fact_paths],
        "questions": [question.label for question in Draft("cities", "x", corpus).questions()],
        "unnamed": [field.name for field in fields.own("cities") if field.name not in words.FIELDS],
    }


if __name__ == "__main__":
    add_fields()
    sys.stdout.write(json.dumps(results(Path(sys.argv[1]), Path(sys.argv[2])), ensure_ascii=False))
