"""A record in the making.

Fields are put in one by one, and each is held against the same rules as the whole corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from xinyong.corpus import Corpus, Entry
from xinyong.problems import Path as FieldPath
from xinyong.problems import Problem
from xinyong.records import MODELS, read
from xinyong.records.base import Fact, Name
from xinyong.records.fields import Field, fields
from xinyong.records.order import fields as written_order
from xinyong.records.order import order
from xinyong.rules import Context
from xinyong.rules.all import RULES, today
from xinyong.source import layout, yaml
from xinyong.source.yaml import Tree

_LATER = ("X251", "X252")
"""Warnings that every new record has until another one names it."""


@dataclass(frozen=True)
class Question:
    """One answer that a record needs: its place, its meaning, the words it is chosen from, whether it may stay out."""

    path: FieldPath
    meaning: str
    words: Mapping[str, str] = field(default_factory=dict)
    needed: bool = True

    @property
    def label(self) -> str:
        """Its path as it is written on the command line: ``launched.value``."""
        return ".".join(map(str, self.path))


@dataclass
class Draft:
    """A record of a kind under an id, as far as it is written, beside the corpus that it will belong to."""

    kind: str
    id: str
    corpus: Corpus
    tree: dict[str, Tree] = field(default_factory=dict)

    def put(self, path: FieldPath, value: Tree) -> None:
        """Put a value into a field, and the mappings around it where they are not there yet."""
        container = self.tree
        for step in path[:-1]:
            inner = container.setdefault(str(step), {})
            if not isinstance(inner, dict):
                inner = container[str(step)] = {"value": inner}
            container = inner
        container[str(path[-1])] = value

    def take(self, path: FieldPath) -> None:
        """Take a value out again."""
        container: Any = self.tree
        for step in path[:-1]:
            container = container[step]
        container.pop(path[-1], None)

    def problems(self) -> list[Problem]:
        """Return what is wrong with the record so far, missing fields included."""
        file = f"corpus/{self.kind}/{self.id}.yml"
        found = read.read(self.kind, self.tree, file)
        problems = list(found.problems)
        if found.record:
            entry = Entry(self.kind, self.id, file, found.record, found.whole)
            context = Context(
                Corpus({**self.corpus.entries, self.id: entry}, self.corpus.unread), today()
            )
            problems += [problem for rule in RULES for problem in rule(entry, context)]
        return [problem for problem in problems if problem.code not in _LATER]

    def wrong(self, path: FieldPath) -> list[Problem]:
        """Return what is wrong with the value at ``path`` itself.

        What is still missing beside it is not.
        """
        return [
            problem
            for problem in self.problems()
            if tuple(step for step in problem.path if isinstance(step, str))[: len(path)] == path
            and problem.code not in ("X302", "X501")
        ]

    def text(self) -> str:
        """Write the record in the canonical layout, below the line that tells editors its schema."""
        missing = [problem for problem in self.problems() if problem.code in ("X302", "X501")]
        lines = [f"{layout.MODELINE} $schema=../schema/{self.kind}.schema.json"]
        if self.tree:
            plain = yaml.write(self.tree)
            lines.append(layout.lay_out(plain, lambda path: order(self.kind, path)).rstrip("\n"))
        lines += [f"# {problem.message}" for problem in missing]
        return "\n".join(lines) + "\n"

    def questions(self) -> Iterator[Question]:
        """Yield what the record needs, in the order in which it is written.

        The Chinese name is asked for as well.
        """
        yield from _questions(MODELS[self.kind], ())


def _questions(model: type[BaseModel], path: FieldPath, about: str = "") -> Iterator[Question]:
    found = {field.name: field for field in fields(model)}
    for name in written_order(model):
        described = found.get(name)
        if described is None:
            continue
        wanted = described.required or (model is Name and name in ("zh", "pinyin"))
        if not wanted:
            continue
        if described.entry:
            yield from _questions(described.entry, (*path, name), described.meaning)
        else:
            of_fact = name == "value" and issubclass(model, Fact)
            meaning = about if of_fact else described.meaning
            yield Question((*path, name), meaning, _words(described), described.required)


def _words(described: Field) -> Mapping[str, str]:
    """Return the words that a field is chosen from, each with its meaning.

    Empty for a field that takes any.
    """
    values = described.vocabulary.values if described.vocabulary else {}
    return {word: value.meaning for word, value in values.items()}
