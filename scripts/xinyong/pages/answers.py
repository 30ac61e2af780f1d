"""How the addresses of sources answered when they were last asked: on a source's page, and for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.published import Answer, address_key
from xinyong.pages.environment import macro
from xinyong.pages.view import View
from xinyong.records import Citation
from xinyong.source import edtf
from xinyong.words import ANSWERS

_SURE = {"dead": "dead-on", "moved": "moved-on", "insecure": "insecure-on"}
"""The states of which a source's page says more than when it last answered."""

_GROUPS = {
    "dead": "dead",
    "moved": "moved",
    "insecure": "insecure",
    "refused": "refused",
    "slow": "refused",
    "unclear": "refused",
    "unasked": "refused",
}
"""The lists of the overview by state; those that say nothing certain are one."""


@dataclass(frozen=True)
class _Group:
    """The sources whose addresses answered alike: a link to each, and when it was last seen answering."""

    title: str
    items: Sequence[tuple[Markup, str]]


def of_source(corpus: Corpus, work: Citation) -> Markup:
    """Say how the address of a source answered; empty where it has none, or was never asked."""
    answer = answer_of(corpus, work)
    if answer is None:
        return Markup("")
    return macro("answers.html.j2", "of_source")("; ".join(_sentences(answer)), answer.to)


def overview(view: View) -> Markup:
    """Count the addresses by how they answered; name the sources of those that did not."""
    works = [(entry, view.corpus.citation(entry.id)) for entry in view.corpus.of_kind("citations")]
    by_group: dict[str, list[tuple[Entry, Answer]]] = defaultdict(list)
    for entry, work in works:
        if answer := answer_of(view.corpus, work):
            by_group[_GROUPS.get(answer.state, "")].append((entry, answer))
    days = [answer.asked for found in by_group.values() for _, answer in found]
    if not days:
        return macro("answers.html.j2", "never")()
    total = sum(1 for _, work in works if work.url)
    counted = ANSWERS["asked"].format(n=f"{total:,}", m=f"{len(days):,}", day=_words(max(days)))
    groups = [_group(view, name, by_group[name]) for name in dict.fromkeys(_GROUPS.values())]
    return macro("answers.html.j2", "overview")(counted, groups)


def answer_of(corpus: Corpus, work: Citation) -> Answer | None:
    """Return how the address of a source answered; None where it has none, or was never asked."""
    return corpus.published.answers.get(address_key(work.url)) if work.url else None


def _sentences(answer: Answer) -> Iterator[str]:
    is_sure = answer.state in _SURE
    is_seen = bool(answer.seen) and answer.state != "moved"
    if is_sure:
        yield ANSWERS[_SURE[answer.state]].format(day=_words(answer.asked))
    if is_seen:
        yield _seen(answer)
    if not (is_sure or is_seen):
        yield ANSWERS["unseen"].format(day=_words(answer.asked))


def _group(view: View, name: str, found: Sequence[tuple[Entry, Answer]]) -> _Group:
    number = f"{len(found):,}"
    if name == "dead":
        copies = sum(1 for entry, _ in found if view.corpus.citation(entry.id).archive_url)
        number = ANSWERS["with-copy"].format(n=number, m=f"{copies:,}")
    items = [(view.link(entry.id), _seen(answer)) for entry, answer in found]
    return _Group(ANSWERS[name].format(number), items)


def _seen(answer: Answer) -> str:
    """Say when an address was last seen answering; empty where it never was."""
    return ANSWERS["seen"].format(day=_words(answer.seen)) if answer.seen else ""


def _words(day: str) -> str:
    return edtf.parse(day).words
