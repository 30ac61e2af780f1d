"""Asking for a record's fields at a terminal.

What is wrong is told as 'check' tells it, and asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import click

from xinyong.cli.drafts import Draft, Question
from xinyong.corpus import Corpus
from xinyong.problems import Problem
from xinyong.source.pinyin import suggest
from xinyong.source.yaml import Tree

_COMMON = frozenset({"terms", "blacklists"})
"""Kinds whose names are common nouns, spelled without capitals in pinyin."""

_PLACE = re.compile("(.{2,}?)(自治州|自治县|新区|[省市区县州])")
"""One part of a place's name, and its rank, which is a word of its own in pinyin."""

_HOW = """Type each answer and press Enter. What may be left out is left out with Enter alone.
'?koetse 2018' shows the ids of sources that fit. Ctrl-C ends; nothing is written then."""


def fill(draft: Draft) -> None:
    """Ask for everything that the draft needs and does not have.

    An empty answer leaves out what may be left out.
    """
    click.echo(_HOW)
    for question in draft.questions():
        if not _has(draft.tree, question.path):
            _ask(draft, question)


def _ask(draft: Draft, question: Question) -> None:
    click.secho(f"\n{question.label}", bold=True, nl=False)
    click.echo(f"  {question.meaning}{'' if question.needed else ' (may be left out)'}")
    for word, meaning in question.words.items():
        click.echo(f"  {word:<16} {meaning}")
    while True:
        likely = _suggestion(draft, question)
        answer = click.prompt(
            "", default=likely, show_default=bool(likely), prompt_suffix="> "
        ).strip()
        if not answer and not question.needed:
            return
        if not answer:
            click.secho("  a record cannot do without it; write a value", fg="red")
            continue
        if answer.startswith("?"):
            _seek(draft.corpus, answer[1:])
            continue
        draft.put(question.path, _several(answer) if question.path[-1] == "cite" else answer)
        wrong = draft.wrong(question.path)
        for problem in wrong:
            click.secho(
                f"  {problem.message}", fg="yellow" if problem.severity == "warning" else "red"
            )
            _offer(draft.corpus, problem)
        if not any(problem.severity == "error" for problem in wrong):
            return
        draft.take(question.path)


def _suggestion(draft: Draft, question: Question) -> str:
    """Suggest the pinyin of a Chinese name; else nothing."""
    name = draft.tree.get("name")
    if (
        question.path == ("name", "pinyin")
        and isinstance(name, dict)
        and isinstance(name.get("zh"), str)
    ):
        chinese = str(name["zh"])
        return (
            _place(chinese)
            if draft.kind == "cities"
            else suggest(chinese, proper=draft.kind not in _COMMON)
        )
    return ""


def _place(chinese: str) -> str:
    """Spell a place: its name is one word and its rank another, ``运城市`` is Yùnchéng Shì."""
    parts = _PLACE.findall(chinese)
    if "".join(name + rank for name, rank in parts) != chinese:
        return suggest(chinese, proper=True)
    spelled = (
        f"{_joined(suggest(name, proper=False))} {suggest(rank, proper=True)}"
        for name, rank in parts
    )
    return " ".join(spelled)


def _joined(words: str) -> str:
    return re.sub(" ([aāáǎàeēéěèoōóǒò])", r"'\1", words).replace(" ", "").capitalize()


def _seek(corpus: Corpus, text: str) -> None:
    from xinyong.imports.search import as_lines, seek

    found = seek(corpus, text) if text.strip() else []
    for line in as_lines(found) or [
        "no source fits; end with Ctrl-C and add it first: xinyong new citations ID"
    ]:
        click.echo(f"  {line}")


def _several(answer: str) -> Tree:
    """Take cites that are parted by semicolons, as in prose, for a list of them."""
    cites = [cite.strip() for cite in answer.split(";") if cite.strip()]
    return list(cites) if len(cites) > 1 else answer


def _offer(corpus: Corpus, problem: Problem) -> None:
    """Show the records that a wrong id may have meant."""
    if problem.code not in ("X204", "X206", "X305", "X307"):
        return
    from rapidfuzz import fuzz, process, utils

    names = {
        entry.id: f"{entry.id} {entry.record.heading}"
        for entry in corpus
        if problem.code in ("X204", "X305") or entry.kind == "citations"
    }
    wrong = problem.needle or problem.message.partition("'")[2].partition("'")[0]
    found = process.extract(
        wrong,
        names,
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        limit=5,
        score_cutoff=70,
    )
    for _, _, id_ in found:
        click.echo(f"    {id_}: {corpus[id_].record.heading}")


def _has(tree: Mapping[str, Tree], path: tuple[str | int, ...]) -> bool:
    inner: Tree = dict(tree)
    for step in path:
        if isinstance(inner, list) or (isinstance(inner, str) and step == "value"):
            return True
        if not isinstance(inner, dict) or step not in inner:
            return False
        inner = inner[str(step)]
    return True
