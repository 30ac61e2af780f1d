"""Terms of the glossary in running text: the first mention of each on a page leads to its page.

All forms of all terms stand in two regular expressions, trees of their letters, so that a text is
gone through once and the longest form wins: in 失信被执行人名单 the list is found, not the person on it.
Chinese forms are found anywhere in running Chinese, English ones as whole words in the singular and
plural. Which English forms count is computed from the records: a form of several words, a name or
an abbreviation in its own spelling, or the pinyin of the term; never a single everyday word, and no
form that two terms have. A term that names its forms itself (``in_text``) has those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from unicodedata import normalize

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.markup import text
from xinyong.records import Term
from xinyong.source.han import HAN

_LONGEST = 120
"""So many characters a form in running text may have; the longest in November 2026 had 80."""
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_OF = re.compile(r" (?:subject to|of|for|on|in) ")
_LETTER = "a-z0-9à-ɏ"
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|《[^》]*》|「[^」]*」|『[^』]*』")
_MARKS = re.compile('[“"《「『]')
_CHOSEN, _HEAD, _OTHER = range(3)
"""How strong the claim of a term to an English form is: its own choice, its name, one of its other
renderings."""


@dataclass
class Mentions:
    """What one page has mentioned so far, and what it never links: its own term, for one."""

    seen: set[str] = field(default_factory=set)
    root: str = "../../"


@dataclass(frozen=True)
class _Form:
    id: str
    spelling: str
    """The spelling that a name or an abbreviation must have, empty where capitals do not matter."""


class Glossary:
    """The forms of all terms of a corpus, and where they stand in a text."""

    def __init__(self, corpus: Corpus) -> None:
        self._terms = {
            entry.id: entry.record
            for entry in corpus.of_kind("terms")
            if isinstance(entry.record, Term)
        }
        self._named: dict[str, set[str]] = defaultdict(set)
        for id_, term in self._terms.items():
            for name in (term.name.en.casefold(), term.name.zh):
                if name:
                    self._named[name].add(id_)

    def start(self, entry: Entry | None, root: str) -> Mentions:
        """Begin a page; the page of a record never links to a term that has its name."""
        if entry is None:
            return Mentions(root=root)
        names = entry.record.names
        same = self._named.get(names.en.casefold(), ()), self._named.get(names.zh or "", ())
        return Mentions({entry.id}.union(*same), root)

    def mark(self, plain: str, mentions: Mentions) -> Markup:
        """Escape a text.

        Link the first mention of each term that the page has not mentioned yet.
        """
        pieces: list[str] = []
        end = 0
        for start, stop, id_ in self.found(plain, mentions):
            pieces += (
                text(plain[end:start]),
                _opening(mentions.root, id_),
                text(plain[start:stop]),
                "</a>",
            )
            end = stop
        return Markup("".join([*pieces, text(plain[end:])])) if pieces else text(plain)

    def mark_html(self, escaped: str, mentions: Mentions) -> str:
        """Link in a text that is HTML without tags, and leave all else of it as it is."""
        pieces: list[str] = []
        end = 0
        for start, stop, id_ in self.found(escaped, mentions):
            pieces += (
                escaped[end:start],
                _opening(mentions.root, id_),
                escaped[start:stop],
                "</a>",
            )
            end = stop
        return "".join([*pieces, escaped[end:]])

    def found(self, plain: str, mentions: Mentions) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and term of each first mention, and remember the term as mentioned."""
        folded = _folded(plain)
        if len(folded) != len(plain):
            return
        quoted: list[tuple[int, int]] | None = None
        for start, stop in self._matches(folded):
            form = self.forms[folded[start:stop]]
            if form is None or form.id in mentions.seen:
                continue
            if form.spelling and plain[start:stop].removesuffix("s") != form.spelling.removesuffix(
                "s"
            ):
                continue
            if quoted is None:
                quoted = (
                    [quote.span() for quote in _QUOTED.finditer(plain)]
                    if _MARKS.search(plain)
                    else []
                )
            if any(
                first < start and stop < last and (start - first, last - stop) != (1, 1)
                for first, last in quoted
            ):
                continue  # part of a title or of somebody's words
            mentions.seen.add(form.id)
            yield start, stop, form.id

    @cached_property
    def forms(self) -> Mapping[str, _Form | None]:
        """Every form, folded, with its term.

        None for one that two terms claim, which then hides shorter ones.
        """
        claims: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for id_, term in self._terms.items():
            for strength, spelled in _claims(term):
                spelling = spelled if _is_name(spelled) else ""
                for form in _numbers(_folded(spelled)):
                    claims[form][strength][id_] = spelling
        return {form: _strongest(by_strength) for form, by_strength in claims.items()}

    def _matches(self, folded: str) -> list[tuple[int, int]]:
        latin = [match.span() for match in self._latin.finditer(folded)]
        if folded.isascii():
            return latin
        return sorted(latin + [match.span() for match in self._chinese.finditer(folded)])

    @cached_property
    def _latin(self) -> re.Pattern[str]:
        tree = _tree(form for form in self.forms if not HAN.search(form))
        return re.compile(rf"(?<![{_LETTER}])(?=[a-z]){tree}(?![{_LETTER}])")

    @cached_property
    def _chinese(self) -> re.Pattern[str]:
        return re.compile(_tree(form for form in self.forms if HAN.search(form)))


def _opening(root: str, id_: str) -> str:
    return f'<a class="xy-term" href="{root}terms/{id_}/">'


def _folded(plain: str) -> str:
    return plain.lower().replace("\n", " ").replace("-", " ").replace("’", "'")


def _claims(term: Term) -> Iterator[tuple[int, str]]:
    """Yield the forms that a term claims, and how strongly."""
    if term.name.zh and len(term.name.zh) <= _LONGEST:
        yield _HEAD, term.name.zh
    if term.in_text is not None:
        yield from ((_CHOSEN, form) for form in term.in_text if len(form) <= _LONGEST)
        return
    # A name with an aside, 'social credit system (with 系统)', has the aside because another term
    # has the bare name.
    head = _OTHER if _ASIDE.search(term.name.en) else _HEAD
    others = [*term.name.also, *(item.value for item in term.renderings)]
    for strength, name in ((head, term.name.en), *((_OTHER, other) for other in others)):
        for spelled in _parts(name):
            if HAN.search(spelled) or _is_telling(spelled, term.name.pinyin or ""):
                yield strength, spelled


def _parts(name: str) -> Iterator[str]:
    """Yield the renderings in a double one, without asides.

    There are two in 'credit scoring; credit score'.
    """
    parts = (" ".join(part.split()) for part in _ASIDE.sub("", name).split(";"))
    yield from (part for part in parts if 0 < len(part) <= _LONGEST)


def _is_telling(spelled: str, spelled_pinyin: str) -> bool:
    """Whether an English form can be linked wherever it stands.

    Several words, a name, or the term's own pinyin.
    """
    return (
        " " in spelled
        or "-" in spelled
        or _is_name(spelled)
        or _bare(spelled) == _bare(spelled_pinyin)
    )


def _is_name(spelled: str) -> bool:
    """Whether a form is one word with capitals: Alipay, NPCIC.

    Such a form counts in this spelling only.
    """
    return " " not in spelled and spelled != spelled.lower() and not HAN.search(spelled)


def _bare(spelled: str) -> str:
    return "".join(char for char in normalize("NFD", spelled.casefold()) if char.isalnum())


def _numbers(form: str) -> Iterator[str]:
    """Yield an English form in the singular and the plural, of its last word or of the one before an 'of'."""
    yield form
    if HAN.search(form) or not form[-1].isalpha():
        return
    cut = _OF.search(form)
    head, rest = (form[: cut.start()], form[cut.start() :]) if cut else (form, "")
    yield _other_number(head) + rest


def _other_number(noun: str) -> str:
    if noun.endswith("ies"):
        return noun.removesuffix("ies") + "y"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun.removesuffix("s")
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun.removesuffix("y") + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _strongest(by_strength: Mapping[int, Mapping[str, str]]) -> _Form | None:
    """Return the only claim of the greatest strength, None where two terms claim a form equally."""
    claimants = by_strength[min(by_strength)]
    if len(claimants) > 1:
        return None
    return next(_Form(id_, spelling) for id_, spelling in claimants.items())


def _tree(forms: Iterable[str]) -> str:
    """Write forms as one expression, shared beginnings once, so that each letter of a text is looked at once."""
    root: dict[str, Any] = {}
    for form in forms:
        node = root
        for char in form:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(root) or "(?!)"


def _branch(node: Mapping[str, Any]) -> str:
    """Write what may follow; letters without a choice between them are gone along, not into."""
    chain = ""
    while len(node) == 1 and "" not in node:
        ((char, node),) = node.items()
        chain += re.escape(char)
    if chain:
        return chain + _branch(node)
    branches = [re.escape(char) + _branch(below) for char, below in sorted(node.items()) if char]
    if not branches:
        return ""
    # What goes on is tried first, so that the longest form wins.
    joined = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return joined + ("?" if "" in node else "")
