"""The types of single values: text, links, cites, dates, numbers.

Each says in a plain sentence why it refuses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Annotated, Any, NoReturn, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from xinyong.problems import nearest
from xinyong.records import limits
from xinyong.source import cites, edtf
from xinyong.source import plain as plain_text
from xinyong.source.cites import ID, Cite
from xinyong.source.edtf import Edtf
from xinyong.source.yaml_errors import foreign, plain, several

KINDS = (
    "cities",
    "programs",
    "blacklists",
    "citations",
    "terms",
    "organizations",
    "events",
    "claims",
)
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


def refuse(code: str, message: str, needle: str = "") -> NoReturn:
    """Refuse a value inside a validator: a problem's code and sentence, and the piece at fault."""
    raise PydanticCustomError(code, "{message}", {"message": message, "needle": needle})


def describe(value: Any) -> str:
    """Name what a value of the tree is.

    ``a list``, ``a mapping``, ``nothing``, ``the text 'abc'``.
    """
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return f"the text {quoted(value)}" if value else "nothing"


def quoted(text: str) -> str:
    """Put a text in quotes for a message, cut if it is long."""
    return f"'{text if len(text) <= 40 else text[:40] + '…'}'"


def _hint(text: str, fits: Callable[[str], object], *guesses: str) -> str:
    """Name the first of the guesses that fits.

    Else name a sign in the text that a Chinese keyboard put there.
    """
    found = next(
        (guess for guess in guesses if guess != text and len(guess) <= 80 and fits(guess)), None
    )
    return f"; write '{found}'" if found else foreign(text)


def _quoting(value: Any) -> str:
    """Say how a text is written that YAML took for a list or a mapping."""
    if isinstance(value, list):
        inner = value[0] if value else None
        if isinstance(inner, list) and len(value) == 1:
            return "put a text that begins with '[[' in quotes"
        return "write one text, in quotes if it begins with '['"
    return "write one text, in quotes if it has a brace or ': ' in it"


def _slug(text: str) -> str:
    plain_letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain_letters))


def as_list(value: Any) -> Any:
    """Let a single entry stand for a list of one."""
    return value if isinstance(value, list) else [value]


def _text(value: Any, *, keep: bool = False) -> str:
    if not isinstance(value, str):
        refuse("X303", f"here belongs text, not {describe(value)}; {_quoting(value)}")
    stripped = value.strip()
    if not stripped:
        refuse(
            "X308",
            "nothing stands here; write a value, in quotes if it begins with '#', or leave the field out",
        )
    if not keep and stripped != value:
        _refuse_blanks(value)
    return stripped


def _refuse_blanks(value: str) -> None:
    """Refuse a blank at an end that is no plain one: nobody sees it, but a search does."""
    plain_ends = value.strip(" \r\n")
    for char, end in ((plain_ends[:1], "before"), (plain_ends[-1:], "behind")):
        if char.isspace():
            message = f"an unusual blank (U+{ord(char):04X}) stands {end} the text; delete it"
            refuse("X608", message, char)


FAULTS_OF_TEXT = frozenset({"X313", "X315", "X316", "X608", "X705"})
"""What is wrong with a text that can be kept all the same, so that a comparison shows it."""


@dataclass(frozen=True)
class Plain:
    """Plain text: its greatest length, whether it has one line, and what it may be.

    ``marks`` lets markup stand, ``none`` words that deny, ``person`` words that are names, too.
    """

    longest: int = limits.TEXT
    line: bool = False
    marks: bool = False
    none: bool = False
    person: bool = False

    def __get_pydantic_core_schema__(
        self,
        source: Any,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(
        self,
        schema: CoreSchema,
        handler: GetJsonSchemaHandler,
    ) -> dict[str, Any]:
        return _SCALAR

    def check(self, value: Any, info: ValidationInfo) -> str:
        """Return a text without the blanks around it; refuse one that is no plain text.

        With a context, which keeps what can be kept, any text is taken.
        """
        text = _text(value, keep=bool(info.context))
        if not info.context:
            self._judge(text)
        return text

    def _judge(self, text: str) -> None:
        if len(text) > self.longest:
            message = f"this has {len(text):,} characters; write {self.longest:,} at most"
            refuse("X313", message)
        if plain_text.says_nothing(text, person=self.person, none=not self.none):
            message = f"{quoted(text)} says nothing; leave the field out, or write what is known"
            refuse("X315", message)
        if self.line and "\n" in text:
            refuse("X316", "here belongs a text of one line; write it without line breaks")
        for found in () if self.marks else plain_text.markup(text):
            refuse(found.code, found.message, found.needle)
        if self.line and "[[" in text:
            message = "a name or a label is shown without links; write it without '[['"
            refuse("X705", message, "[[")


_SCALAR = {
    "type": ["string", "number", "boolean"],
    "minLength": 1,
}  # an editor takes 'no' and 2015 for more than text
ID_SCHEMA = {
    "type": ["string", "number"],
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "patternErrorMessage": "An id has small letters, digits and single hyphens, such as sesame-credit.",
}
"""What an editor is told of an id.

``patternErrorMessage`` is what the language servers of VS Code say of a misfit.
"""

Text = Annotated[str, Plain(none=True)]
"""Plain text of one line or more, in which ``[[record-id]]`` links to a record."""

Remark = Annotated[str, Plain()]
"""Plain text beside a value; it is left out where there is nothing to say."""

Line = Annotated[str, Plain(limits.LINE, line=True)]
"""A name, a title or a label: plain text of one line, without links."""

PersonName = Annotated[str, Plain(limits.LINE, line=True, none=True, person=True)]
"""A part of a person's name, which may be a word for nothing elsewhere, such as Null or None."""

Verbatim = Annotated[str, Plain(limits.LINE, line=True, marks=True)]
"""A name that a computer gave, in which signs of markup stand for themselves."""


class Typed(str):
    """Text whose class says what it holds, so that the rules know what to look for."""

    json_schema: dict[str, Any] = _SCALAR
    plain: Plain = Plain(limits.LINE, line=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(cls._read)

    @classmethod
    def _read(cls, value: Any, info: ValidationInfo) -> Self:
        return cls(cls.plain.check(value, info))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return cls.json_schema


class Prose(Typed):
    """CommonMark without HTML, with ``[[record-id]]`` links and ``[@cite]`` citations.

    Each paragraph has a cite.
    """

    plain = Plain(limits.PROSE, marks=True)


class ChineseProse(Prose):
    """Prose in simplified Chinese."""


class Chinese(Typed):
    """A name or title in Chinese characters."""

    json_schema = {"type": "string", "pattern": r"[^\u0000-\u2e7f]"}


class Pinyin(Typed):
    """The Latin spelling of a Chinese name, with tone marks."""


def _id(value: Any) -> str:
    text = _text(value)
    if not ID.match(text):
        hint = (
            several(text)
            or _hint(text, ID.match, plain(text), _slug(text))
            or "; write one such as 'sesame-credit'"
        )
        refuse(
            "X305", f"{quoted(text)} is not an id (small letters, digits and single hyphens){hint}"
        )
    return text


Id = Annotated[str, PlainValidator(_id), WithJsonSchema(ID_SCHEMA)]


def _former(value: Any) -> str:
    kind, slash, id_ = _text(value).rpartition("/")
    if slash and kind not in KINDS:
        hint = nearest(kind, KINDS, f"write one of {', '.join(KINDS)} before the '/'")
        refuse("X305", f"{quoted(kind)} is no kind of record{hint}")
    return f"{kind}{slash}{_id(id_)}"


FORMER_SCHEMA = {
    "type": ["string", "number"],
    "pattern": f"^(({'|'.join(KINDS)})/)?[a-z0-9]+(-[a-z0-9]+)*$",
    "patternErrorMessage": "A former id: zhima-credit, or cities/zhima for a record of another kind.",
}

FormerId = Annotated[str, PlainValidator(_former), WithJsonSchema(FORMER_SCHEMA)]
"""An id that a record had before; with the kind before it where the record was of another kind."""


@dataclass(frozen=True, slots=True)
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

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: Link(_id(value), self.kinds)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**ID_SCHEMA, "x-kinds": list(self.kinds)}


AnyLink = Annotated[Link, To()]
CityLink = Annotated[Link, To("cities")]
CitationLink = Annotated[Link, To("citations")]
OrganizationLink = Annotated[Link, To("organizations")]
ProgramLink = Annotated[Link, To("programs")]
TermLink = Annotated[Link, To("terms")]


def _cite(value: Any) -> Cite:
    text = _text(value)
    if "\n" in text:
        refuse("X316", "a cite stands on one line; write it without line breaks")
    try:
        return cites.parse(text)
    except ValueError as error:
        bare = plain(text).strip("[]@ ")
        hint = _hint(
            text,
            _is_cite,
            bare,
            re.sub(r"^([a-z0-9-]+) (?=(?:pp?|ch|art|n|no|para|sec)\b)", r"\1, ", bare),
        )
        refuse("X307", f"{quoted(text)} is not a cite{hint or f': {error}'}")


def _is_cite(text: str) -> bool:
    try:
        return bool(cites.parse(text))
    except ValueError:
        return False


_CITE_SCHEMA = {
    "type": ["string", "number"],
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*(,| via |$)",
    "patternErrorMessage": "Write a citation's id: koetse-2018, or 'koetse-2018, p. 14', or daum-2017 via koetse-2018.",
}
_OneCite = Annotated[Cite, PlainValidator(_cite), WithJsonSchema(_CITE_SCHEMA)]


def _some(value: Any) -> Any:
    """Refuse nothing at all, and let a single entry stand for a list of one."""
    if value in ("", [], {}):
        refuse(
            "X308",
            "nothing stands here; write a value, in quotes if it begins with '#', or leave the field out",
        )
    return as_list(value)


class OneOrMore:
    """Marks a list for which a single entry may stand: ``Annotated[list[Date], OneOrMore()]``."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_some, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        listed = handler(schema)
        if handler.mode == "serialization":
            return listed
        one = listed["items"]
        return {"anyOf": [*one.get("anyOf", [one]), listed]}


def no_repetition(values: Sequence[Any]) -> Sequence[Any]:
    """Refuse a list in which a value stands twice."""
    seen = set()
    for value in values:
        if value in seen:
            refuse("X312", f"'{value}' stands here twice; keep one")
        seen.add(value)
    return values


Cites = Annotated[
    list[_OneCite],
    OneOrMore(),
    AfterValidator(no_repetition),
]
"""One cite or a list of them, none given twice."""


def _edtf(value: Any) -> Edtf:
    text = _text(value)
    try:
        return edtf.parse(text)
    except ValueError as error:
        meant = edtf.guess(plain(text)) or edtf.guess(text)
        refuse(
            "X306", f"{quoted(text)} is not a date{f'; write {meant}' if meant else f': {error}'}"
        )


_DATE_SCHEMA = {
    "type": ["string", "number"],
    "pattern": "^[0-9X./~?%-]+$",
    "patternErrorMessage": "Write a date as 2015, 2015-01, 2018-05-22, 2014/2020 or 2015~.",
}

Date = Annotated[Edtf, PlainValidator(_edtf), WithJsonSchema(_DATE_SCHEMA)]
"""An EDTF date: 2015, 2015-01, 2018-05-22, 2014/2020, 2015~."""

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?\Z", re.ASCII)


def number(
    low: float | None = None, high: float | None = None, *, whole: bool = True
) -> Callable[[Any], float]:
    """Make a validator of numbers from ``low`` to ``high``, both included.

    ``whole`` refuses decimals.
    """

    def check(value: Any) -> float:
        text = value.strip() if isinstance(value, str) else ""
        match = _NUMBER.match(text)
        if not match or (whole and match[1]):
            wanted = "whole number" if whole else "number"
            refuse(
                "X303",
                f"here belongs a {wanted}, not {describe(value)}{_number_hint(text, whole=whole)}",
            )
        if sum(map(str.isdigit, text)) > limits.DIGITS:
            message = f"{quoted(text)} has more than {limits.DIGITS} digits; check it, or round it"
            refuse("X311", message)
        found = float(text) if match[1] else int(text)
        if (low is not None and found < low) or (high is not None and found > high):
            both = high is not None and low is not None
            span = f"from {low:g} to {high:g}" if both else f"of at least {low:g}"
            refuse("X311", f"{text} is out of range; write a number {span}")
        return found

    return check


def _number_hint(text: str, *, whole: bool) -> str:
    """Name the number that a text has in it, without separators and units."""
    figures = re.findall(r"-?\d[\d,_ ]*(?:\.\d+)?", plain(text))
    found = re.sub(r"[,_ ]", "", figures[0]) if len(figures) == 1 else ""
    found = re.sub(r"^(-?)0+(?=\d)", r"\1", found)
    match = _NUMBER.match(found)
    if match and not (whole and match[1]):
        return f"; write {found}"
    return f"; write digits only, such as {'600' if whole else '600 or 1.5'}"


_TRUTHS = {"yes": "true", "on": "true", "1": "true", "true": "true", "是": "true"} | {
    "no": "false", "off": "false", "0": "false", "false": "false", "否": "false",
}  # fmt: skip


def _truth(value: Any) -> bool:
    if value not in ("true", "false"):
        meant = _TRUTHS.get(value.strip().lower(), "") if isinstance(value, str) else ""
        refuse(
            "X303",
            f"here belongs true or false, not {describe(value)}; write {meant or 'one of the two'}",
        )
    return bool(value == "true")


def _in_figures(kind: str, low: float | None = None, high: float | None = None) -> WithJsonSchema:
    """Make the schema of a number, which may also stand as text in digits."""
    limits = {
        key: limit for key, limit in (("minimum", low), ("maximum", high)) if limit is not None
    }
    decimals = "" if kind == "integer" else r"(\.[0-9]+)?"
    return WithJsonSchema({"type": [kind, "string"], **limits, "pattern": f"^-?[0-9]+{decimals}$"})


Count = Annotated[int, PlainValidator(number(0)), _in_figures("integer", 0)]
Integer = Annotated[int, PlainValidator(number()), _in_figures("integer")]
Number = Annotated[float, PlainValidator(number(whole=False)), _in_figures("number")]
Percent = Annotated[
    float, PlainValidator(number(0, 100, whole=False)), _in_figures("number", 0, 100)
]
Latitude = Annotated[
    float, PlainValidator(number(-90, 90, whole=False)), _in_figures("number", -90, 90)
]
Longitude = Annotated[
    float, PlainValidator(number(-180, 180, whole=False)), _in_figures("number", -180, 180)
]
Truth = Annotated[
    bool, PlainValidator(_truth), WithJsonSchema({"enum": [True, False, "true", "false"]})
]


_LAST_PORT = 65_535
_SECOND = re.compile(r"(?<![/=:(?&|!*])https?://(?!\Z)|[,;|]https?://")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")


def _url(value: Any) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"\\]", text):
        if re.search(r"[\s,;，；、]+https?://", text):
            refuse("X309", f"{quoted(text)} holds more than one address; write one of them")
        guess = plain(text).replace(" ", "%20").removeprefix("//")
        likely = "://" not in guess and re.match(r"[\w.-]+\.[a-z]{2,}(?:/|\Z)", guess)
        hint = (
            f"write https://{guess}"
            if likely
            else "write one that begins with http:// or https://, without spaces"
        )
        refuse("X309", f"{quoted(text)} is not a web address; {hint}")
    if len(text) > limits.TEXT:
        refuse("X313", f"this has {len(text):,} characters; write {limits.TEXT:,} at most")
    trouble = _address_trouble(text, parts)
    if trouble:
        refuse("X309", f"{quoted(text)} leads nowhere: {trouble}")
    return text


def _address_trouble(text: str, parts: SplitResult) -> str:
    """Say why an address that has the form of one leads nowhere; empty where it may be sound."""
    if _SECOND.search(text, len(parts.scheme) + 3):
        return "it holds more than one address; write one of them"
    if "@" in parts.netloc:
        return "a user's name stands before the host; leave out what stands before the '@'"
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0 or (port is None and parts.netloc.endswith(":")):
        message = f"behind the host's ':' belongs a number from 1 to {_LAST_PORT}"
        return f"{message}; leave the ':' out, or write one"
    if not _is_host(parts.hostname or ""):
        message = f"{quoted(parts.hostname or '')} is not the name of a host"
        return f"{message}; write one such as www.example.org"
    last = text[-1]
    if last in ",;，；、。）】》”’":
        return f"'{last}' stands behind it; delete it"
    return ""


def _is_host(host: str) -> bool:
    """Say whether a text can be the name of a host on the web, or an IP address."""
    if ":" in host or re.fullmatch(r"[0-9.]+", host):
        try:
            return bool(ip_address(host.partition("%")[0]))
        except ValueError:
            return False
    try:
        labels = host.removesuffix(".").encode("idna").decode().lower().split(".")
    except UnicodeError:
        return False
    return len(labels) > 1 and all(map(_LABEL.match, labels)) and not labels[-1].isdigit()


Url = Annotated[
    str, PlainValidator(_url), WithJsonSchema({"type": "string", "pattern": "^https?://"})
]


@dataclass(frozen=True)
class Matching:
    """A text that matches ``expression`` as a whole; ``what`` names it for a person.

    ``trouble`` says what is wrong with a text of that form; it is empty for a sound one.
    """

    expression: str
    what: str
    trouble: Callable[[str], str] = field(default=lambda _: "", compare=False)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        message = f"This has to be {self.what}."
        return {
            "type": ["string", "number"],
            "pattern": f"^(?:{self.expression})$",
            "patternErrorMessage": message,
        }

    def _check(self, value: Any) -> str:
        text = _text(value)
        if len(text) > limits.LINE or not re.fullmatch(self.expression, text):
            bare = plain(text)
            after = re.split(r"doi\.org/|doi: ?|isbn:? ?", bare, maxsplit=1, flags=re.IGNORECASE)[
                -1
            ]
            cut = re.split(r"[?#\s]", after, maxsplit=1)[0].rstrip(".,;:")
            hint = _hint(text, re.compile(rf"(?:{self.expression})\Z").match, bare, after, cut)
            refuse(
                "X310",
                f"{quoted(text)} is not {self.what}{hint or '; write one, or leave the field out'}",
            )
        trouble = self.trouble(text)
        if trouble:
            refuse("X310", f"{quoted(text)} is not {self.what}: {trouble}")
        return text
