"""The types of single values: text, links, cites, dates, numbers. Each says in a plain sentence why it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from xinyong.source import cites, edtf
from xinyong.source.cites import ID, Cite
from xinyong.source.edtf import Edtf

KINDS = ("cities", "programs", "blacklists", "citations", "terms", "organizations", "events", "claims")
SINGULAR = {
    "cities": "city",
    "programs": "program",
    "blacklists": "list",
    "citations": "citation",
    "terms": "term",
    "organizations": "organization",
    "events": "event",
    "claims": "claim",
}


def refuse(code: str, message: str) -> NoReturn:
    """Refuse a value inside a validator, with a problem's code and sentence."""
    raise PydanticCustomError(code, "{message}", {"message": message})


def describe(value: Any) -> str:
    """Name what a value of the tree is: ``a list``, ``a mapping``, ``nothing``, ``the text 'abc'``."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return f"the text '{value if len(value) <= 40 else value[:40] + '…'}'" if value else "nothing"


def as_list(value: Any) -> Any:
    """Let a single entry stand for a list of one."""
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        refuse("X303", f"here belongs text, not {describe(value)}")
    stripped = value.strip()
    if not stripped:
        refuse("X308", "nothing stands here; write a value or leave the field out")
    return stripped


Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
"""Plain text of one line or more, in which ``[[record-id]]`` links to a record."""


class Typed(str):
    """Text whose class says what it holds, so that the rules know what to look for."""

    json_schema: dict[str, Any] = {"type": "string", "minLength": 1}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(lambda value: cls(_text(value)))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return cls.json_schema


class Prose(Typed):
    """CommonMark without HTML, with ``[[record-id]]`` links and ``[@cite]`` citations; each paragraph has a cite."""


class Chinese(Typed):
    """A name or title in Chinese characters."""

    json_schema = {"type": "string", "pattern": r"[\u3400-\u9fff]"}


class Pinyin(Typed):
    """The Latin spelling of a Chinese name, with tone marks."""


def _id(value: Any) -> str:
    text = _text(value)
    if not ID.match(text):
        refuse("X305", f"'{text}' is not an id: small letters, digits and single hyphens, such as 'sesame-credit'")
    return text


Id = Annotated[str, PlainValidator(_id), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})]


@dataclass(frozen=True)
class Link:
    """A link to the record ``id``, which has to be of one of ``kinds``."""

    id: str
    kinds: tuple[str, ...]

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class To:
    """The kinds that a link may point to: ``Annotated[Link, To("cities")]``."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds or KINDS)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(lambda value: Link(_id(value), self.kinds))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


AnyLink = Annotated[Link, To()]
CityLink = Annotated[Link, To("cities")]
CitationLink = Annotated[Link, To("citations")]
OrganizationLink = Annotated[Link, To("organizations")]
ProgramLink = Annotated[Link, To("programs")]
TermLink = Annotated[Link, To("terms")]


def _cite(value: Any) -> Cite:
    text = _text(value)
    try:
        return cites.parse(text)
    except ValueError as error:
        refuse("X307", f"'{text}' is not a cite: {error}")


_CITE_SCHEMA = {"type": "string", "description": "A citation's id, with a locator and the work it was read in"}
_OneCite = Annotated[Cite, PlainValidator(_cite), WithJsonSchema(_CITE_SCHEMA)]


def some(value: Any) -> Any:
    """Refuse nothing at all, and let a single entry stand for a list of one."""
    if value in ("", [], {}):
        refuse("X308", "nothing stands here; write a value or leave the field out")
    return as_list(value)


def no_repetition(values: Sequence[Any]) -> Sequence[Any]:
    """Refuse a list in which a value stands twice."""
    seen = set()
    for value in values:
        if value in seen:
            refuse("X312", f"'{value}' stands here twice; keep one")
        seen.add(value)
    return values


Cites = Annotated[list[_OneCite], BeforeValidator(some), AfterValidator(no_repetition)]
"""One cite or a list of them, none given twice."""


def _edtf(value: Any) -> Edtf:
    text = _text(value)
    try:
        return edtf.parse(text)
    except ValueError as error:
        refuse("X306", f"'{text}' is not a date: {error}")


Date = Annotated[Edtf, PlainValidator(_edtf), WithJsonSchema({"type": ["string", "integer"]})]
"""An EDTF date: 2015, 2015-01, 2018-05-22, 2014/2020, 2015~."""

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?\Z", re.ASCII)


def number(low: float | None = None, high: float | None = None, *, whole: bool = True) -> Callable[[Any], float]:
    """Make a validator of numbers from ``low`` to ``high``, both included; ``whole`` refuses decimals."""

    def check(value: Any) -> float:
        text = value.strip() if isinstance(value, str) else ""
        match = _NUMBER.match(text)
        if not match or (whole and match[1]):
            plain = re.sub(r"(?<=\d)[,_ ](?=\d{3})", "", text).lstrip("0")
            hint = f"; write {plain}" if plain != text and _NUMBER.match(plain) else ""
            refuse("X303", f"here belongs a {'whole number' if whole else 'number'}, not {describe(value)}{hint}")
        found = float(text) if match[1] else int(text)
        if (low is not None and found < low) or (high is not None and found > high):
            limits = f"from {low:g} to {high:g}" if high is not None and low is not None else f"of at least {low:g}"
            refuse("X311", f"{text} is out of range; here belongs a number {limits}")
        return found

    return check


def _truth(value: Any) -> bool:
    if value not in ("true", "false"):
        refuse("X303", f"here belongs true or false, not {describe(value)}")
    return bool(value == "true")


Count = Annotated[int, PlainValidator(number(0)), WithJsonSchema({"type": "integer", "minimum": 0})]
Integer = Annotated[int, PlainValidator(number()), WithJsonSchema({"type": "integer"})]
Number = Annotated[float, PlainValidator(number(whole=False)), WithJsonSchema({"type": "number"})]
Percent = Annotated[float, PlainValidator(number(0, 100, whole=False)), WithJsonSchema({"type": "number"})]
Latitude = Annotated[float, PlainValidator(number(-90, 90, whole=False)), WithJsonSchema({"type": "number"})]
Longitude = Annotated[float, PlainValidator(number(-180, 180, whole=False)), WithJsonSchema({"type": "number"})]
Truth = Annotated[bool, PlainValidator(_truth), WithJsonSchema({"type": "boolean"})]


def _url(value: Any) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"\\]", text):
        refuse("X309", f"'{text}' is not a web address; it has to start with http:// or https://")
    return text


Url = Annotated[str, PlainValidator(_url), WithJsonSchema({"type": "string", "pattern": "^https?://"})]


@dataclass(frozen=True)
class Matching:
    """A text that matches ``expression`` as a whole; ``what`` names it for a person."""

    expression: str
    what: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.expression}$"}

    def _check(self, value: Any) -> str:
        text = _text(value)
        if not re.fullmatch(self.expression, text):
            refuse("X310", f"'{text}' is not {self.what}")
        return text
