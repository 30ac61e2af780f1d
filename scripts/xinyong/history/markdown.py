"""Write a difference as GitHub's Markdown, for a pull request: totals first, then record by record.

Nothing of a record is taken for markup; see ``markdown_text``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from xinyong.corpus.text import title_of
from xinyong.history.changes import CITE, Change, Part
from xinyong.history.compare import Counts, Difference, RecordChange, Shift
from xinyong.history.items import Item, items, standing
from xinyong.history.markdown_text import OURS, code, compared, cut, escape
from xinyong.problems import as_text, visible
from xinyong.records.base import Cited
from xinyong.words import KIND_MANY, STANDING, Words, field_word, part_word

LIMIT = 1_000_000
"""GitHub refuses a job summary of more than 1 MiB; this leaves room for what else stands there."""

ROWS = 100
"""Of more facts that rest on one changed source only so many are shown."""

FAULTS = 5
"""Of more problems of one record only so many are shown."""

PROSE = ("summary", "annotation", "summary_zh")
"""The texts of which the first tells what a new record is about."""

TITLES = ("name", "title", "title_original", "title_pinyin", "reviewed")
"""What the summary of a new record leaves out: its heading says it, or it says nothing of its
content."""

WORDS = Words("diff")
"""The words of a difference."""


def markdown(difference: Difference, files: str = "", limit: int = LIMIT) -> str:
    """Write what changed, cut at ``limit`` bytes of UTF-8.

    ``files`` is the address that a file's path is put behind.
    """
    report = _Report(difference, files.rstrip("/"))
    head = visible("\n\n".join(report.head()), OURS) + "\n"
    blocks = [visible(block, OURS) for block in (*report.records(), *report.sources())]
    left = limit - len(head.encode()) - 500
    shown: list[str] = []
    for block in blocks:
        left -= len(block.encode()) + 2
        if left < 0:
            break
        shown.append(block)
    missing = len(blocks) - len(shown)
    if missing:
        message = _count(missing, "part-left-out", "parts-left-out")
        shown.append(f"**{message}**; {WORDS['read-all'].format(command='`xinyong diff`')}")
    return "\n".join([head, *(f"{block}\n" for block in shown)]).rstrip("\n") + "\n"


class _Report:
    def __init__(self, difference: Difference, files: str) -> None:
        self._difference = difference
        self._files = files

    def head(self) -> Iterator[str]:
        """Yield the title, the totals, and what is refused."""
        yield f"## {WORDS['title']}"
        yield totals(self._difference)
        lines = []
        for address in self._difference.lost:
            message = WORDS["lost"].format(address=code(f"/{address}"))
            lines.append(f"- **{WORDS['refused']}** {message} {_remedy(address)}")
        if lines:
            yield "\n".join(lines)

    def records(self) -> Iterator[str]:
        """Yield a block for each record that changed, under headings by kind.

        Those of which only the layout changed come in one line.
        """
        changed = [change for change in self._difference.changes if change.kind != "layout"]
        for kind, changes in groupby(changed, key=lambda change: change.path.partition("/")[0]):
            title = KIND_MANY[kind]
            heading = f"### {title[:1].upper()}{title[1:]}\n\n"
            for change in changes:
                yield heading + "\n\n".join(self._record(change))
                heading = ""
        layout = [change for change in self._difference.changes if change.kind == "layout"]
        if layout:
            links = ", ".join(map(self._link, layout))
            yield f"### {WORDS['layout-only']}\n\n{links}"

    def sources(self) -> Iterator[str]:
        """Yield a block for each source that is seen differently.

        It says how the facts that rest on it and say the same stand now.
        """
        heading = f"### {WORDS['resting']}\n\n"
        titles = [WORDS[key] for key in ("record", "field", "fact", "stood", "stands")]
        for id_, shifts in self._difference.shifts.items():
            rows = [self._shift(shift) for shift in shifts[:ROWS]]
            if len(shifts) > ROWS:
                rows.append([_more(len(shifts) - ROWS), "", "", "", ""])
            count = _count(len(shifts), "fact-stands", "facts-stand")
            source = f"**{code(id_)}**"
            message = WORDS["seen-differently"].format(source=source, facts=count)
            yield f"{heading}{message}\n\n{_table(titles, rows)}"
            heading = ""

    def _shift(self, shift: Shift) -> list[str]:
        file = f"corpus/{shift.entry.kind}/{shift.entry.id}.yml"
        record = f"[{escape(title_of(shift.entry), links=False)}]({self._address(file)})"
        fact = cut(shift.after.lead or shift.after.text, 120)
        standings = _standing(shift.before.standing), _standing(shift.after.standing)
        return [record, field_word(shift.field), fact, *standings]

    def _record(self, change: RecordChange) -> Iterator[str]:
        yield f"#### {self._link(change)} · {_became(change)}"
        yield from _faults(change)
        if change.kind in ("added", "removed"):
            yield self._summary(change)
            return
        if change.changes:
            titles = [WORDS[key] for key in ("field", "before", "after", "standing")]
            yield _table(titles, map(_row, change.changes))
        if change.orders:
            fields = ", ".join(map(field_word, change.orders))
            yield WORDS["order-of"].format(fields=fields)
        counted = [*_counts("cites", change.cites), *_counts("links", change.links)]
        if counted:
            yield " · ".join(counted)

    def _summary(self, change: RecordChange) -> str:
        """Say what a record that was added or removed states.

        Facts, fields, and what it is about.
        """
        entry = change.entry
        state = self._difference.after if change.after else self._difference.before
        by_field = items(state.corpus, entry)
        blocks = []
        facts = [fact for _, fact in entry.values(Cited)]
        if facts:
            standings = Counter(standing(state.corpus, fact) for fact in facts)
            parts = [_count(len(facts), "one-fact", "several-facts")]
            for key, number in standings.most_common():
                if key in STANDING:
                    parts.append(f"{number} {STANDING[key][1]}")
            blocks.append(", ".join(parts))
        left_out = (*PROSE, *TITLES)
        given = [
            _given(name, entries) for name, entries in by_field.items() if name not in left_out
        ]
        blocks.append(" · ".join(given))
        for name in PROSE:
            if name in by_field:
                blocks.append(_entry(_parts_of(by_field[name][0])))
                break
        return "\n\n".join(blocks)

    def _link(self, change: RecordChange) -> str:
        entry = change.after or change.before
        title = escape(title_of(entry), links=False) if entry else code(change.path)
        path = f"corpus/{change.path}"
        if change.after is None and change.kind == "removed":
            # The file of a record that is gone cannot be linked to in the state that is looked at.
            return f"{title} ({code(path)})"
        return f"[{title}]({self._address(path)})"

    def _address(self, path: str) -> str:
        quoted = quote(os.fsencode(path))
        return f"{self._files}/{quoted}" if self._files else quoted


def totals(difference: Difference) -> str:
    """Say in one line how many records, facts, cites and links were added, changed and removed."""
    changes = difference.changes
    if not changes:
        return WORDS["nothing"]
    kinds = Counter(change.kind for change in changes)
    records = []
    for kind in ("added", "changed", "renamed", "removed", "faulty", "layout"):
        if kinds[kind]:
            records.append(f"{kinds[kind]:,} {WORDS[f'records-{kind}']}")
    facts = Counter[str]()
    for change in changes:
        facts += _facts(change)
    changed = WORDS["facts-changed"].format(n=f"{facts['changed']:,}")
    cites = [change.cites for change in changes]
    links = [change.links for change in changes]
    parts = {
        "records": ", ".join(records),
        "facts-total": f"+{facts['added']:,} −{facts['removed']:,}, {changed}",
        "cites": _sum(cites),
        "links": _sum(links),
    }
    return " · ".join(f"**{WORDS[key]}:** {text}" for key, text in parts.items())


def _sum(counts: Sequence[Counts]) -> str:
    added = sum(count.added.total() for count in counts)
    removed = sum(count.removed.total() for count in counts)
    return f"+{added:,} −{removed:,}"


def _facts(change: RecordChange) -> Counter[str]:
    """Count the facts of a record that were added, removed and changed."""
    if change.kind in ("added", "removed"):
        return Counter({change.kind: len([*change.entry.values(Cited)])})
    facts = Counter[str]()
    for entry in change.changes:
        if entry.stood and entry.stands:
            facts["changed"] += 1
        elif entry.stood or entry.stands:
            facts["added" if entry.stands else "removed"] += 1
    return facts


def _remedy(address: str) -> str:
    kind, id_, _ = address.split("/")
    return WORDS["remedy"].format(
        formerly=code(f"formerly: [{id_}]"),
        kind=code(kind),
        moved=code(f"[{kind}/{id_}]"),
        file=code("published/moved.yml"),
    )


def _became(change: RecordChange) -> str:
    if change.kind == "renamed" and change.before:
        return WORDS["renamed-from"].format(id=code(change.before.id))
    if change.kind == "changed" and change.orders and not change.changes:
        return WORDS["order-only"]
    return WORDS[f"became-{change.kind}"]


def _faults(change: RecordChange) -> Iterator[str]:
    for name, problems in change.faults:
        lines = [WORDS["faults"].format(state=escape(name)), ""]
        lines += [f"- {code(as_text(problem))}" for problem in problems[:FAULTS]]
        if len(problems) > FAULTS:
            lines.append(f"- {_more(len(problems) - FAULTS)}")
        yield "\n".join(lines)


def _row(change: Change) -> list[str]:
    field = field_word(change.field)
    standings = _standings(change)
    if change.what == "added":
        return [field, "", _entry(change.parts), standings]
    if change.what == "removed":
        return [field, _entry(change.parts), "", standings]
    if change.lead:
        field += f": {cut(change.lead, 80)}"
    before: list[str] = []
    after: list[str] = []
    for part in change.parts:
        if part.name == CITE:
            before += [f"{WORDS['cite']} −{code(cite)}" for cite in part.before]
            after += [f"{WORDS['cite']} +{code(cite)}" for cite in part.after]
        else:
            was, now = _sides(part)
            before += _named(part.name, was)
            after += _named(part.name, now)
    return [field, "<br>".join(before), "<br>".join(after), standings]


def _sides(part: Part) -> tuple[str, str]:
    if len(part.before) == len(part.after) == 1:
        return compared(part.before[0], part.after[0])
    return ", ".join(map(cut, part.before)), ", ".join(map(cut, part.after))


def _parts_of(item: Item) -> Sequence[Part]:
    parts = [Part(name, (), texts) for name, texts in item.parts.items()]
    return [*parts, Part(CITE, (), item.cites)]


def _entry(parts: Iterable[Part]) -> str:
    """Write an entry that one side alone has, a part a line."""
    lines: list[str] = []
    for part in parts:
        texts = part.after or part.before
        if part.name != CITE:
            lines += _named(part.name, cut(", ".join(texts)))
        elif texts:
            lines.append(f"{WORDS['cite']} {', '.join(map(code, texts))}")
    return "<br>".join(lines)


def _named(name: str, text: str) -> list[str]:
    if not text:
        return []
    return [text if name == "value" else f"*{part_word(name)}:* {text}"]


def _given(name: str, entries: Sequence[Item]) -> str:
    """Say what a field of a new record gives: a short value itself, of more the number."""
    text = entries[0].lead or entries[0].text
    value = escape(text) if len(entries) == 1 and len(text) <= 300 else str(len(entries))
    return f"{field_word(name)}: {value}"


def _standings(change: Change) -> str:
    before, after = _standing(change.stood), _standing(change.stands)
    if not before or not after or before == after:
        return after or before
    return f"{before} → {after}"


def _standing(key: str) -> str:
    return STANDING[key][1] if key in STANDING else key


def _counts(key: str, counts: Counts) -> list[str]:
    texts = [f"+{code(id_)}{_times(n)}" for id_, n in sorted(counts.added.items())]
    texts += [f"−{code(id_)}{_times(n)}" for id_, n in sorted(counts.removed.items())]
    return [f"{WORDS[key]}: {', '.join(texts)}"] if texts else []


def _times(number: int) -> str:
    return f" ×{number}" if number > 1 else ""


def _more(number: int) -> str:
    return WORDS["and-more"].format(n=f"{number:,}")


def _count(number: int, one: str, many: str) -> str:
    return WORDS[one if number == 1 else many].format(n=f"{number:,}")


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
