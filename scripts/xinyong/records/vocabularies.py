"""The controlled vocabularies: tables of values, each with its label and a line that defines it.

The values, labels and definitions stand in ``words/vocabularies.yml``, a column a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from xinyong.problems import a, nearest
from xinyong.source.yaml_errors import plain
from xinyong.words import VOCABULARY, current_language, vocabulary_table


@dataclass(frozen=True)
class Value:
    """One value of a vocabulary: its label and the line that defines it, in one language."""

    label: str
    meaning: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A table of allowed values; used as ``Annotated[str, VOCABULARY]`` it checks that a value is one of them.

    ``key`` is the table's name in ``words/vocabularies.yml``.
    """

    key: str

    @property
    def name(self) -> str:
        """What one of its values is called, inside a sentence."""
        return VOCABULARY[self.key]

    @property
    def values(self) -> Mapping[str, Value]:
        """The values with labels and definitions in the language that is being rendered."""
        return _values(self.key, current_language())

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """The values as records write them."""
        return tuple(vocabulary_table()[self.key])

    def __getitem__(self, value: str) -> Value:
        return self.values[value]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        meanings = [value.meaning for value in self.values.values()]
        return {"type": "string", "enum": [*self.allowed], "markdownEnumDescriptions": meanings}

    def _key(self, text: str) -> str:
        """Return the value whose label a text is, else the text in the form that values have."""
        bare = plain(text).lower()
        return next(
            (key for key, value in self.values.items() if value.label.lower() == bare),
            bare.replace(" ", "-"),
        )

    def _check(self, value: Any) -> str:
        if isinstance(value, str) and value in self.allowed:
            return value
        shown = f"'{value}'" if isinstance(value, str) else "this"
        allowed = f"write one of: {', '.join(self.allowed)}"
        hint = f"; {allowed}"
        if isinstance(value, str):
            hint = nearest(self._key(value), self.allowed, allowed)
        message = f"{shown} is not {a(self.name)}{hint}"
        raise PydanticCustomError("X304", "{message}", {"message": message})


@cache
def _values(key: str, language: str) -> Mapping[str, Value]:
    return {
        value: Value(parts["label"][language], parts["meaning"][language])
        for value, parts in vocabulary_table()[key].items()
    }


LAYER = Vocabulary("layer")
FORM = Vocabulary("form")
STATUS = Vocabulary("status")
PARTICIPATION = Vocabulary("participation")
POLARITY = Vocabulary("polarity")
SUBJECT = Vocabulary("subject")
LIST_KIND = Vocabulary("list-kind")
CITY_LEVEL = Vocabulary("city-level")
DESIGNATION = Vocabulary("designation")
ASSESSMENT = Vocabulary("assessment")
STANCE = Vocabulary("stance")
CITATION_TYPE = Vocabulary("citation-type")
RELIABILITY = Vocabulary("reliability")
READ = Vocabulary("read")
LEGAL_STATUS = Vocabulary("legal-status")
LEGAL_RANK = Vocabulary("legal-rank")
DOMAIN = Vocabulary("domain")
ORGANIZATION_TYPE = Vocabulary("organization-type")
SERIES = Vocabulary("series")
CONSEQUENCE_TYPE = Vocabulary("consequence-type")
PROVINCE = Vocabulary("province")
