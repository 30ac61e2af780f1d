"""The pages of a record's history: its states, and each state at its dated address.

They stand without the theme's frame, a few kilobytes each, and ask search engines to leave them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinyong.corpus import Entry
from xinyong.corpus.text import title_of
from xinyong.history import text
from xinyong.history.lines import History, Line, State
from xinyong.pages.environment import templates
from xinyong.pages.page import picture
from xinyong.problems import visible
from xinyong.publication import Library
from xinyong.words import HISTORY

LINE_ROOT = "../../../"
STATE_ROOT = "../../../../"

_ID = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:-[a-z0-9]++)++")


@dataclass(frozen=True)
class Bare:
    """A page without the theme's frame: its address from the site's root, and all of its HTML."""

    url: str
    html: str


def render(library: Library) -> Iterator[Bare]:
    """Render the history of every record that has more than one state, and the dated address of every state.

    Those that stand already are not rendered.
    """
    writer = _Writer(library, sources(library))
    for line in library.history.lines.values():
        if not library.has_files(line.url):
            with library.making(line.url):
                pages = list(writer.pages(line))
            yield from pages


def sources(library: Library) -> frozenset[str]:
    """Return the ids of all citations that are or were."""
    known = {id_ for kind, id_ in library.history.lines if kind == "citations"}
    return frozenset(known | {entry.id for entry in library.corpus.of_kind("citations")})


def addresses(history: History, line: Line) -> Iterator[str]:
    """Yield the addresses of the pages of a record's history."""
    if history.has_page(line):
        yield line.url
    yield from (line.address(state) for state in (*line.states, *line.aside))


class _Writer:
    def __init__(self, library: Library, sources: frozenset[str]) -> None:
        self._library = library
        self._sources = sources

    def pages(self, line: Line) -> Iterator[Bare]:
        """Render all pages of a record's history."""
        if self._library.history.has_page(line):
            yield self.line(line)
        for number, state in enumerate(line.states):
            yield self.state(line, state, line.states[number + 1 : number + 2])
        for state in line.aside:
            yield self.aside(line, state)

    def line(self, line: Line) -> Bare:
        """Show all states of a record, those under its earlier ids too."""
        title = HISTORY["history-of"].format(name=self._library.names.title(line))
        chain = tuple(self._library.history.chain(line))
        shown = {
            "title": title,
            "about": HISTORY["keeps"],
            "picture": self._picture(line),
            "chain": chain,
            "now": self._now(line),
            "tell": self._library.names.texts,
        }
        return self._page("line", line.url, LINE_ROOT, line.url, shown)

    def state(self, line: Line, state: State, later: Sequence[State]) -> Bare:
        """Show a record as it stood from one day on; lead on to its page where it still stands so, or was renamed."""
        now, day = self._now(line), text.words(state.day)
        if not state.blob and now:
            return self._lead(line, state, now, HISTORY["moved"].format(day=day))
        if not state.blob:
            return self._text(line, state, HISTORY["gone"].format(day=day))
        if later:
            end = text.words(later[0].day)
            return self._text(line, state, HISTORY["stood"].format(day=day, end=end))
        is_kept = state.blob in self._library.history.texts
        since = HISTORY["since"].format(day=day)
        if now and now.id == line.id and not is_kept:
            return self._lead(line, state, now, since)
        return self._text(line, state, since)

    def aside(self, line: Line, state: State) -> Bare:
        """Show a record's file of another day."""
        return self._text(line, state, HISTORY["stood-aside"].format(day=text.words(state.day)))

    def _text(self, line: Line, state: State, when: str) -> Bare:
        source = visible(self._library.history.texts.get(state.blob, ""), keep="\n\t")
        now, url, name = self._now(line), line.address(state), self._library.names.title(line)
        shown = {
            "title": f"{name}, {state.place}",
            "name": name,
            "when": when,
            "about": when,
            "picture": self._picture(line),
            "line": line,
            "state": state,
            "source": source,
            "cites": self._cites(line, source),
            "now": now,
        }
        return self._page("state", url, STATE_ROOT, now.url if now else url, shown)

    def _lead(self, line: Line, state: State, now: Entry, about: str) -> Bare:
        shown = {"name": title_of(now), "about": about, "now": now}
        return self._page("lead", line.address(state), STATE_ROOT, now.url, shown)

    def _page(
        self, name: str, url: str, root: str, canonical: str, shown: Mapping[str, Any]
    ) -> Bare:
        base = self._library.home.base
        addresses = {"root": root, "canonical": base + canonical, "address": base + url}
        template = templates().get_template(f"{name}.html.j2")
        return Bare(url, template.render(**addresses, **shown))

    def _picture(self, line: Line) -> str:
        return picture(self._library.home.base, line.kind)

    def _now(self, line: Line) -> Entry | None:
        """Return the record that stands for the line today: itself, or the one that took its place."""
        corpus = self._library.corpus
        step: Line | None = line
        while step:
            if step.id in corpus and corpus[step.id].kind == step.kind:
                return corpus[step.id]
            step = self._library.history.lines.get(step.after_key)
        return None

    def _cites(self, line: Line, source: str) -> list[tuple[str, str]]:
        """Return label and address of every citation that a record's file names."""
        cited = self._sources.intersection(_ID.findall(source)) - {line.id}
        return sorted(map(self._source, cited))

    def _source(self, id_: str) -> tuple[str, str]:
        """Return the label and address of a citation that is or was."""
        entry = self._library.corpus.entries.get(id_)
        if entry and entry.kind == "citations":
            return self._library.references.label(id_), entry.url
        return id_, self._library.history.lines["citations", id_].url
