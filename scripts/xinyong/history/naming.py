"""What changed, told by names: a record by its name, a source by its reference, a date in words.

A value of a vocabulary is told by its label. What the corpus does not know, such as a record that
is gone, keeps its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from xinyong.corpus import Corpus
from xinyong.corpus.text import title_of
from xinyong.history.changes import CITE, Change, Part, Texts
from xinyong.history.items import LEADING
from xinyong.history.lines import History, Line
from xinyong.history.text import ChangeText, change_text
from xinyong.problems import visible
from xinyong.records import MODELS
from xinyong.records.fields import Field, fields
from xinyong.references.labels import References
from xinyong.source import cites, edtf, yaml
from xinyong.source.cites import Cite
from xinyong.source.edtf import Edtf
from xinyong.source.prose import CITES, LINK
from xinyong.words import WORDS

_LINKED = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?=, |\Z)")
_CITED = re.compile(r"(?<=, cite )[^,()]+")


class Names:
    """The names of what the ids in changes stand for."""

    def __init__(self, corpus: Corpus, references: References, history: History) -> None:
        self._corpus = corpus
        self._references = references
        self._history = history

    def title(self, line: Line) -> str:
        """Return the title of a record; of one that is gone the name that it had last."""
        now = self._corpus.entries.get(line.id)
        if now and now.kind == line.kind:
            return title_of(now)
        return self._last(line, line.id)

    def _last(self, line: Line | None, id_: str) -> str:
        blobs = [state.blob for state in (*line.aside, *line.states) if state.blob] if line else []
        last = blobs[-1] if blobs else ""
        tree, _ = yaml.read(self._history.texts.get(last, ""))
        names = tree.get("name", tree.get("title")) if isinstance(tree, dict) else None
        found = names.get("en") if isinstance(names, dict) else names
        return visible(found) if isinstance(found, str) else id_

    def texts(self, kind: str, changes: Iterable[Change]) -> list[ChangeText]:
        """Put changes of a record of a kind into short words, with names in the place of ids."""
        return [change_text(self.told(kind, change)) for change in changes]

    def told(self, kind: str, change: Change) -> Change:
        """Return a change with names in the place of ids."""
        field = next((one for one in _fields(kind) if one.name == change.field), None)
        lead = next(filter(None, (_described(field, name) for name in LEADING)), field)
        parts = tuple(self._part(field, part) for part in change.parts)
        return replace(change, lead=self._value(lead, change.lead), parts=parts)

    def _part(self, field: Field | None, part: Part) -> Part:
        if part.name == CITE:
            before, after = self._cites(part.before), self._cites(part.after)
        else:
            described = _described(field, part.name)
            before = tuple(self._value(described, text) for text in part.before)
            after = tuple(self._value(described, text) for text in part.after)
        # Two ids may have one name; then the ids say what changed.
        return part if before == after else replace(part, before=before, after=after)

    def _value(self, field: Field | None, text: str) -> str:
        if field and field.vocabulary and text in field.vocabulary.allowed:
            return field.vocabulary[text].label
        if field and field.type is bool and text in ("true", "false"):
            return WORDS["yes" if text == "true" else "no"]
        if field and field.type is Edtf:
            return _date(text)
        if field and field.kinds:
            named = _LINKED.sub(lambda match: self._record(match[1]), text, count=1)
            return _CITED.sub(lambda match: "; ".join(self._cites(match[0].split("; "))), named)
        return self._prose(text)

    def _prose(self, text: str) -> str:
        linked = LINK.sub(lambda match: match[2] or self._record(match[1]), text)
        return CITES.sub(lambda match: f"[{'; '.join(self._cites(_bare(match[1])))}]", linked)

    def _record(self, id_: str) -> str:
        entry = self._corpus.entries.get(id_)
        if entry is None:
            lines = (self._history.lines.get((kind, id_)) for kind in reversed([*MODELS]))
            return self._last(next(filter(None, lines), None), id_)
        return self._references.name(id_) if entry.kind == "citations" else entry.record.names.en

    def _cites(self, texts: Iterable[str]) -> Texts:
        return tuple(map(self._cite, texts))

    def _cite(self, text: str) -> str:
        try:
            return self._chain(cites.parse(text))
        except ValueError:
            return text

    def _chain(self, cite: Cite) -> str:
        own = ", ".join(filter(None, (self._record(cite.id), cite.locator)))
        return f"{own} {WORDS['in']} {self._chain(cite.via)}" if cite.via else own


def _bare(written: str) -> list[str]:
    """Return the cites that stand between brackets of prose, without their signs."""
    return [one.strip().removeprefix("@") for one in written.split(";")]


def _date(text: str) -> str:
    try:
        return edtf.parse(text).words
    except ValueError:
        return text


def _fields(kind: str) -> tuple[Field, ...]:
    return fields(MODELS[kind]) if kind in MODELS else ()


def _described(field: Field | None, path: str) -> Field | None:
    """Return the field behind a part of an entry, such as ``value`` or ``score.max``; None for none."""
    for name in path.split("."):
        if field is None:
            return None
        if field.entry is None:
            return field if name == "value" else None
        field = next((one for one in fields(field.entry) if one.name == name), None)
    return field
