"""How the addresses of sources answered when they were last asked: on a source's page, and for all of them."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.published import Answer, address_key
from xinyong.markup import folded, text
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


def of_source(corpus: Corpus, work: Citation) -> Markup:
    """Say how the address of a source answered; empty where it has none, or was never asked."""
    answer = answer_of(corpus, work)
    if answer is None:
        return Markup("")
    content = (
        [ANSWERS[_SURE[answer.state]].format(day=_day(answer.asked))]
        if answer.state in _SURE
        else []
    )
    if answer.seen and answer.state != "moved":
        content.append(ANSWERS["seen"].format(day=_day(answer.seen)))
    if not content:
        content.append(ANSWERS["unseen"].format(day=_day(answer.asked)))
    shown = text("; ".join(content))
    if answer.to:
        shown += Markup(': <a href="{0}" rel="external">{0}</a>').format(answer.to)
    return shown


def overview(view: View) -> Markup:
    """Count the addresses by how they answered; name the sources of those that did not."""
    asked: dict[str, list[tuple[Entry, Answer]]] = defaultdict(list)
    total, last = 0, ""
    for entry in view.corpus.of_kind("citations"):
        work = view.corpus.citation(entry.id)
        total += bool(work.url)
        if answer := answer_of(view.corpus, work):
            asked[_GROUPS.get(answer.state, "")].append((entry, answer))
            last = max(last, answer.asked)
    if not last:
        return Markup("<p>{}</p>").format(ANSWERS["never"])
    number = f"{sum(map(len, asked.values())):,}"
    head = ANSWERS["asked"].format(n=f"{total:,}", m=number, day=_day(last))
    groups = [_group(view, name, asked[name]) for name in dict.fromkeys(_GROUPS.values())]
    return Markup('<p class="xy-shown">{}</p>\n{}').format(head, Markup("\n").join(groups))


def answer_of(corpus: Corpus, work: Citation) -> Answer | None:
    """Return how the address of a source answered; None where it has none, or was never asked."""
    return corpus.published.answers.get(address_key(work.url)) if work.url else None


def _group(view: View, name: str, found: list[tuple[Entry, Answer]]) -> Markup:
    number = f"{len(found):,}"
    if name == "dead":
        copies = sum(1 for entry, _ in found if view.corpus.citation(entry.id).archive_url)
        number = ANSWERS["with-copy"].format(n=number, m=f"{copies:,}")
    title = ANSWERS[name].format(number)
    if not found:
        return Markup("<p>{}</p>").format(title)
    items = Markup("").join(Markup("<li>{}</li>").format(_item(view, *one)) for one in found)
    return folded(title, Markup("<ul>{}</ul>").format(items))


def _item(view: View, entry: Entry, answer: Answer) -> Markup:
    link = view.link(entry.id)
    if not answer.seen:
        return link
    day = _day(answer.seen)
    return Markup('{} <span class="xy-asof">{}</span>').format(
        link, ANSWERS["seen"].format(day=day)
    )


def _day(day: str) -> str:
    return edtf.parse(day).words
