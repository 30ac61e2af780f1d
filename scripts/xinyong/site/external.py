"""Whether sources can still be read where they stood: which addresses are due, what is kept, what is told."""

from __future__ import annotations

import datetime
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import asdict, dataclass, replace
from urllib.parse import quote, urlsplit

from xinyong.corpus import Corpus
from xinyong.corpus.published import Answer, address_key
from xinyong.site.http import Asker

ARCHIVE = "https://archive.org/wayback/available"
"""Where the Internet Archive says whether it has a copy (https://archive.org/help/wayback_api.php).
"""

HOSTS = 8
"""So many hosts are asked side by side, each of them one thing at a time."""

_LISTED = 200

Step = Callable[[int, int], None]
Keep = Callable[[Mapping[str, Answer]], None]


@dataclass(frozen=True)
class Plan:
    """How to ask: the day, after how many days an address is asked again, and how long to go on, in seconds.

    ``archive`` is where copies of what is gone are asked for; empty where they are not.
    """

    today: datetime.date
    after: int = 6
    seconds: float | None = None
    archive: str = ""


def owners(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return the sources by the address that they name."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in corpus.of_kind("citations"):
        if url := corpus.citation(entry.id).url:
            found[address_key(url)].append(entry.id)
    return {url: tuple(ids) for url, ids in sorted(found.items())}


def due(corpus: Corpus, plan: Plan) -> list[str]:
    """Return the addresses that were not asked of late, those asked longest ago first."""
    answers = corpus.published.answers
    before = (plan.today - datetime.timedelta(days=plan.after)).isoformat()
    asked = {url: answers[url].asked if url in answers else "" for url in owners(corpus)}
    return sorted(
        (url for url, day in asked.items() if day < before), key=lambda url: (asked[url], url)
    )


def visit(corpus: Corpus, asker: Asker, plan: Plan, keep: Keep, step: Step) -> Mapping[str, Answer]:
    """Ask for all addresses that are due.

    Return how every address of the corpus answered when it was last asked.

    ``keep`` is given that from time to time, so that what was learnt is not lost when the work is
    stopped. Where no host answers at all, the fault is taken to be here: nothing is kept.
    """
    wanted = due(corpus, plan)
    work = _Visit(corpus, asker, plan, keep, lambda done: step(done, len(wanted)))
    queues: dict[str, list[str]] = defaultdict(list)
    for url in wanted:
        queues[urlsplit(url).hostname or ""].append(url)
    longest = sorted(queues.values(), key=len, reverse=True)
    try:
        with ThreadPoolExecutor(HOSTS) as pool:
            futures = [pool.submit(work.host, urls) for urls in longest]
            try:
                wait_for(futures)
            finally:
                work.stop()
        for future in futures:
            future.result()
    finally:
        work.save()
    return work.answers


class _Visit:
    def __init__(
        self, corpus: Corpus, asker: Asker, plan: Plan, keep: Keep, step: Callable[[int], None]
    ) -> None:
        self._asker = asker
        self._plan = plan
        self._keep = keep
        self._step = step
        self._done = 0
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._until = time.monotonic() + plan.seconds if plan.seconds is not None else None
        known = corpus.published.answers
        self.answers = {url: known[url] for url in owners(corpus) if url in known}
        self._copied = {
            url
            for url, ids in owners(corpus).items()
            if all(corpus.citation(id_).archive_url for id_ in ids)
        }

    def host(self, urls: Sequence[str]) -> None:
        """Ask for the addresses of one host, one after the other, until it asks to be left alone."""
        for url in urls:
            late = self._until is not None and time.monotonic() > self._until
            if self._over.is_set() or late or (urlsplit(url).hostname or "") in self._asker.busy:
                return
            answer = self._answer(url)
            with self._lock:
                self.answers[url] = answer
                self._done += 1
                self._step(self._done)
                if self._done % 20 == 0:
                    self._save()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._over.set()

    def save(self) -> None:
        """Keep what was learnt."""
        with self._lock:
            self._save()

    def _save(self) -> None:
        if self._asker.answered:
            self._keep(self.answers)

    def _answer(self, url: str) -> Answer:
        outcome = self._asker.ask(url)
        day = self._plan.today.isoformat()
        before = self.answers.get(url)
        seen = day if outcome.state in ("answers", "moved") else (before.seen if before else "")
        answer = Answer(
            day, outcome.state, seen, outcome.why, outcome.to, before.copy if before else ""
        )
        if outcome.state == "dead" and self._plan.archive and url not in self._copied:
            return replace(answer, copy=self._copy(url) or answer.copy)
        return answer

    def _copy(self, url: str) -> str:
        """Return the copy that the archive has of an address.

        Empty where it has none, or does not say so.
        """
        message = self._asker.text(f"{self._plan.archive}?url={quote(url, safe='')}")
        try:
            closest = json.loads(message)["archived_snapshots"]["closest"]
            found = (
                str(closest["url"]) if closest["available"] and closest["status"] == "200" else ""
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            return ""
        secure = (
            found.replace("http://", "https://", 1) if found.startswith("http://web.") else found
        )
        return secure if secure.startswith("https://") else ""


def written(answers: Mapping[str, Answer]) -> str:
    """Return the file in which the answers are kept: one line an address, in their order, nothing that is empty."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    rows = (
        f"{encode(url)}: {encode({name: message for name, message in asdict(answer).items() if message})}"
        for url, answer in sorted(answers.items())
    )
    return "{\n" + ",\n".join(rows) + "\n}\n"


def lost(corpus: Corpus, answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return the sources whose address is gone and that name no archived copy, each with the address."""
    return [
        (id_, url) for id_, url in _of_state(corpus, answers, "dead") if not _archived(corpus, id_)
    ]


def report(corpus: Corpus, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Tell how the addresses answered, as lines of Markdown."""
    counts = {state: len(_of_state(corpus, answers, state)) for state, _ in _TITLES}
    total = len(owners(corpus))
    asked = sum(1 for url in owners(corpus) if url in answers)
    yield f"**{total:,} addresses of sources, {asked:,} of them asked.**"
    gone = _of_state(corpus, answers, "dead")
    archived = [pair for pair in gone if _archived(corpus, pair[0])]
    yield from _listed("Gone, and no archived copy is named", lost(corpus, answers), answers)
    if lost(corpus, answers):
        yield "\nLook for a copy, in the Internet Archive for example, and name it in the record's `archive_url`."
    yield from _listed("Gone, but an archived copy is named", archived, answers)
    for state, title in _TITLES:
        if counts[state]:
            yield from _listed(title, _of_state(corpus, answers, state), answers)


_TITLES = (
    ("moved", "Moved for good; write the new address in the record"),
    ("insecure", "No secure connection"),
    ("refused", "Refused to a program: nothing certain"),
    ("slow", "No answer in time"),
    ("unclear", "An answer that says nothing certain"),
    ("unasked", "Not asked, since the host is not public"),
)


def _listed(
    title: str, pairs: Sequence[tuple[str, str]], answers: Mapping[str, Answer]
) -> Iterator[str]:
    if not pairs:
        return
    yield f"\n{title} ({len(pairs):,}):\n"
    for id_, url in pairs[:_LISTED]:
        answer = answers[url]
        why = f" ({_escaped(answer.why)})" if answer.why else ""
        to = f", now <{_escaped(answer.to)}>" if answer.to else ""
        copy = f", a copy: `archive_url: {_escaped(answer.copy)}`" if answer.copy else ""
        yield f"- `corpus/citations/{id_}.yml`: <{url}>{why}{to}{copy}"
    if len(pairs) > _LISTED:
        yield f"- and {len(pairs) - _LISTED:,} more"


def _escaped(text: str) -> str:
    """Take from what a stranger's host said all that Markdown or a log would read as more than text."""
    return "".join(char for char in text if char.isprintable() and char not in "<>`|*[]")


def _of_state(corpus: Corpus, answers: Mapping[str, Answer], state: str) -> list[tuple[str, str]]:
    return [
        (id_, url)
        for url, ids in owners(corpus).items()
        if url in answers and answers[url].state == state
        for id_ in ids
    ]


def _archived(corpus: Corpus, id_: str) -> bool:
    return bool(corpus.citation(id_).archive_url)
