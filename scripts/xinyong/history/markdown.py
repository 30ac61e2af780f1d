"""Tell a difference as GitHub's Markdown, for a pull request: totals first, then record by record.

Nothing of a record is taken for markup: what Markdown or GitHub would read as more than text is escaped.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from urllib.parse import quote

from xinyong.corpus import Corpus
from xinyong.corpus.text import title_of
from xinyong.history.compare import Change, Difference, Row, Shift
from xinyong.history.items import Item, items
from xinyong.problems import as_text, visible
from xinyong.records.base import Cited
from xinyong.words import KIND_MANY, STANDING, field_word, part_word

LIMIT = 1_000_000
"""GitHub refuses a job summary of more than 1 MiB; this leaves room for what else a step says there."""

CELL = 1200
"""From so many characters on a long text is cut; the file shows it whole."""

ROWS = 100
"""Of more facts that rest on one changed source only so many are shown."""

PROSE = ("summary", "annotation", "summary_zh")
"""The texts of which the first tells what a new record is about."""

TITLES = ("name", "title", "title_original", "title_pinyin", "reviewed")
"""What the summary of a new record leaves out, since its heading says it, or since it says nothing of its content."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!$])")
_BEGINNING = re.compile(r"^( ?) *(\d+(?=[.)](?:\s|$))|(?=[-+=](?:[-+=\s]|$)|::))")
"""What makes a list, a heading or a command of the line that begins with it."""

_ADDRESS = re.compile(r"https?://[^\s<>|`\"'()\[\]{}\\]+[^\s<>|`\"'()\[\]{}\\.,;:]")
_CALL = re.compile(
    r"(?<=@)(?=[a-z\d])|(?<=:)(?=[\w+-]+:|//)|(?<=#)(?=\d)|(?<=\bGH)(?=-\d)|(?<=\bwww)(?=\.)",
    re.IGNORECASE,
)
"""Where GitHub sees a person, an emoji, an issue or an address in a text without markup."""

_JOINER = "\u2060"
"""Unseen, and no part of any of these (U+2060, word joiner)."""

_OURS = f"\n{_JOINER}"
"""What of the unseen may stand in what is written here."""

_BARE = re.compile(r"[^`|\s](?:[^`|]*[^`|\s])?")
_PIECES = re.compile(r"(?:[\u3400-\u9fff]|[^\s\u3400-\u9fff]+)\s*|\s+")
_KEPT = 8


def markdown(difference: Difference, files: str = "", limit: int = LIMIT) -> str:
    """Tell what changed; ``files`` is the address that a file's path is put behind; cut at ``limit`` bytes of UTF-8."""
    teller = _Teller(difference, files.rstrip("/"))
    head = visible("\n\n".join(teller.head()), _OURS) + "\n"
    blocks = [visible(block, _OURS) for block in (*teller.records(), *teller.sources())]
    left = limit - len(head.encode()) - 500
    shown = []
    for block in blocks:
        left -= len(block.encode()) + 2
        if left < 0:
            break
        shown.append(block)
    missing = len(blocks) - len(shown)
    if missing:
        message = f"{missing:,} more {'part does' if missing == 1 else 'parts do'} not fit here"
        shown.append(f"**{message}**; run `xinyong diff` to read all of it.")
    return "\n".join([head, *(block + "\n" for block in shown)]).rstrip("\n") + "\n"


class _Teller:
    def __init__(self, difference: Difference, files: str) -> None:
        self._difference = difference
        self._files = files

    def head(self) -> Iterator[str]:
        """Yield the title, the totals, and what is refused."""
        yield "## What changes in the corpus"
        yield totals(self._difference)
        if self._difference.lost:
            lines = [
                f"- **Refused:** nothing answers at {code(f'/{address}')} any more. {_remedy(address)}"
                for address in self._difference.lost
            ]
            yield "\n".join(lines)

    def records(self) -> Iterator[str]:
        """Yield a block for each record that changed, under headings by kind; those of layout only in one line."""
        told = [change for change in self._difference.changes if change.kind != "layout"]
        for kind, changes in groupby(told, key=lambda change: change.path.partition("/")[0]):
            for index, change in enumerate(changes):
                block = "\n\n".join(self._record(change))
                title = KIND_MANY[kind]
                yield f"### {title[:1].upper()}{title[1:]}\n\n{block}" if index == 0 else block
        layout = [change for change in self._difference.changes if change.kind == "layout"]
        if layout:
            yield f"### Layout only\n\n{', '.join(self._link(change) for change in layout)}"

    def sources(self) -> Iterator[str]:
        """Yield a block for each source that is seen differently and so changes how facts stand that say the same."""
        for number, (id_, shifts) in enumerate(self._difference.shifts.items()):
            label = code(id_)
            rows = [
                [self._of(shift), field_word(shift.field), _short(shift.item), *_stood(shift)]
                for shift in shifts
            ]
            message = (
                f"**{label}** is seen differently; so "
                f"{_count(len(shifts), 'fact stands', 'facts stand')} differently:"
            )
            if len(rows) > ROWS:
                rows = [*rows[:ROWS], [f"and {len(rows) - ROWS:,} more", "", "", "", ""]]
            block = f"{message}\n\n{_table(('Record', 'Field', 'Fact', 'Stood', 'Stands'), rows)}"
            yield f"### What rests on changed sources\n\n{block}" if number == 0 else block

    def _record(self, change: Change) -> Iterator[str]:
        yield f"#### {self._link(change)} · {self._word(change)}"
        yield from self._faults(change)
        if change.kind in ("added", "removed"):
            yield self._summary(change)
        if change.rows:
            yield _table(
                ("Field", "Before", "After", "Standing"), [_row(row) for row in change.rows]
            )
        if change.orders:
            yield f"Order only: {', '.join(map(field_word, change.orders))}."
        ends = [*_ends("Cites", change.cites), *_ends("Links", change.links)]
        if ends and change.kind not in ("added", "removed"):
            yield " · ".join(ends)

    def _word(self, change: Change) -> str:
        if change.kind == "renamed" and change.before:
            return f"renamed from {code(change.before.id)}"
        words = {"added": "new", "removed": "removed", "faulty": "cannot be read"}
        return words.get(
            change.kind, "order only" if change.orders and not change.rows else "changed"
        )

    def _faults(self, change: Change) -> Iterator[str]:
        for name, problems in change.faults:
            shown = [code(as_text(problem)) for problem in problems[:5]]
            more = [f"and {len(problems) - 5} more"] if len(problems) > 5 else []
            yield (
                f"In {escape(name)} this record has faults, so that it is compared in part at most:\n\n"
                + "\n".join(f"- {line}" for line in [*shown, *more])
            )

    def _summary(self, change: Change) -> str:
        entry = change.entry
        state = self._difference.after if change.after else self._difference.before
        facts = [fact for _, fact in entry.values(Cited)]
        parts = [_count(len(facts), "fact")]
        stood = Counter(_known(state.corpus, fact) for fact in facts)
        parts += [
            f"{number} {STANDING[key][1]}" for key, number in stood.most_common() if key in STANDING
        ]
        found = items(entry)
        about = [_cell(item) for name in PROSE for item in found.get(name, ())][:1]
        given = [
            _given(name, entries)
            for name, entries in found.items()
            if name not in (*PROSE, *TITLES)
        ]
        return "\n\n".join([*([", ".join(parts)] if facts else []), " · ".join(given), *about])

    def _link(self, change: Change) -> str:
        entry = change.after or change.before
        title = escape(title_of(entry), links=False) if entry else code(change.path)
        path = f"corpus/{change.path}"
        # The file of a record that is gone cannot be linked to in the state that is looked at.
        gone = change.after is None and change.kind == "removed"
        return f"{title} ({code(path)})" if gone else f"[{title}]({self._address(path)})"

    def _of(self, shift: Shift) -> str:
        file = f"corpus/{shift.entry.kind}/{shift.entry.id}.yml"
        return f"[{escape(title_of(shift.entry), links=False)}]({self._address(file)})"

    def _address(self, path: str) -> str:
        quoted = quote(os.fsencode(path))
        return f"{self._files}/{quoted}" if self._files else quoted


def totals(difference: Difference) -> str:
    """Say in one line how many records, facts, cites and links were added, changed and removed."""
    changes = difference.changes
    if not changes:
        return "Nothing changes."
    kinds: Counter[str] = Counter(change.kind for change in changes)
    records = [
        f"{kinds[kind]:,} {word}"
        for kind, word in (
            ("added", "new"),
            ("changed", "changed"),
            ("renamed", "renamed"),
            ("removed", "removed"),
            ("faulty", "unreadable"),
            ("layout", "layout only"),
        )
        if kinds[kind]
    ]
    added, changed, removed = _facts(changes)
    cites = [sum(sum(change.cites[side].values()) for change in changes) for side in (0, 1)]
    links = [sum(sum(change.links[side].values()) for change in changes) for side in (0, 1)]
    return (
        f"**Records:** {', '.join(records)} · **Facts:** +{added:,} −{removed:,}, {changed:,} changed · "
        f"**Cites:** +{cites[0]:,} −{cites[1]:,} · **Links:** +{links[0]:,} −{links[1]:,}"
    )


def escape(text: str, *, links: bool = True) -> str:
    """Make a text that stays what it is in GitHub's Markdown, wherever it stands; ``@name`` calls nobody.

    Addresses become links to what they say, which GitHub would make of them anyway, unless ``links`` is false.
    """
    text = visible(text, keep="\n")
    pieces, end = [], 0
    for match in _ADDRESS.finditer(text) if links else ():
        pieces += [_plain(text[end : match.start()]), f"<{match.group()}>"]
        end = match.end()
    return "".join([*pieces, _plain(text[end:])])


def code(text: str) -> str:
    """Set a text as code: as it stands where Markdown lets it, else escaped."""
    text = visible(text)
    if _BARE.fullmatch(text) and "##[" not in text:
        return f"`{text}`"
    return f"<code>{escape(text, links=False)}</code>"


def _plain(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", _CALL.sub(_JOINER, text))
    begun = _BEGINNING.sub(r"\1\2\\", escaped)
    return re.sub("^ +", " ", begun).replace("\n", "<br>")


def _remedy(address: str) -> str:
    kind, id_, _ = address.split("/")
    former = f"Add {code(f'formerly: [{id_}]')} to the record of {code(kind)} that takes its place"
    moved = f"{code(f'[{kind}/{id_}]')} to one of another kind"
    return f"{former}, {moved}; say in {code('published/moved.yml')} why it is gone; or keep the record."


def _facts(changes: Sequence[Change]) -> tuple[int, int, int]:
    added = changed = removed = 0
    for change in changes:
        if change.kind == "added":
            added += sum(1 for _ in change.entry.values(Cited))
        elif change.kind == "removed":
            removed += sum(1 for _ in change.entry.values(Cited))
        for row in change.rows:
            before, after = (
                item is not None and item.fact is not None
                for item in (row.pair.before, row.pair.after)
            )
            added += after and not before
            removed += before and not after
            changed += before and after
    return added, changed, removed


def _row(row: Row) -> list[str]:
    before, after = row.pair.before, row.pair.after
    field = field_word(row.field)
    if before is None or after is None:
        item = after or before
        assert item is not None
        shown = _cell(item)
        return [
            field,
            "" if before is None else shown,
            "" if after is None else shown,
            _standing(row),
        ]
    same = (
        before.parts.get("", ()) == after.parts.get("", ())
        and before.lead == after.lead
        and before.lead
    )
    field += f": {_shown(before.lead, 80)}" if same else ""
    one, other = _differences(before, after)
    return [field, "<br>".join(one), "<br>".join(other), _standing(row)]


def _differences(before: Item, after: Item) -> tuple[list[str], list[str]]:
    one, other = [], []
    for name in dict.fromkeys([*before.parts, *after.parts]):
        old, new = before.parts.get(name, ()), after.parts.get(name, ())
        if sorted(old) == sorted(new):
            continue
        if len(old) == len(new) == 1:
            was, now = _words(old[0], new[0])
        else:
            was = ", ".join(_shown(text) for text in old if text not in new)
            now = ", ".join(_shown(text) for text in new if text not in old)
        one += _named(name, was)
        other += _named(name, now)
    one += [f"cite −{code(str(cite))}" for cite in before.cites if cite not in after.cites]
    other += [f"cite +{code(str(cite))}" for cite in after.cites if cite not in before.cites]
    return one, other


def _named(name: str, text: str) -> list[str]:
    if not text:
        return []
    return [text if name in ("", "value") else f"*{part_word(name)}:* {text}"]


def _words(old: str, new: str) -> tuple[str, str]:
    """Show two texts with the words that differ struck out and in bold; of long ones only what stands around these.

    Texts that are short, or that have less than half in common, are shown as they are: marks would only be in the way.
    """
    a, b = _PIECES.findall(old), _PIECES.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if min(len(a), len(b)) < 4 or len(a) * len(b) > 1_000_000 or matcher.ratio() < 0.5:
        return _shown(old), _shown(new)
    one, other = [], []
    segments = [*_segments(matcher.get_opcodes(), a, b)]
    for index, (was, now) in enumerate(segments):
        if was == now:
            kept = _context(was, first=index == 0, last=index == len(segments) - 1)
            one.append(kept)
            other.append(kept)
        else:
            one.append(_marked("~~", "".join(was)))
            other.append(_marked("**", "".join(now)))
    return "".join(one), "".join(other)


def _segments(
    codes: Sequence[tuple[str, int, int, int, int]], a: Sequence[str], b: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield stretches of two texts that are equal or differ; one or two equal words between differences join these."""
    was: list[str] = []
    now: list[str] = []
    for index, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal" and (j - i > 2 or index in (0, len(codes) - 1)):
            if was or now:
                yield was, now
            yield a[i:j], a[i:j]
            was, now = [], []
        else:
            was += a[i:j]
            now += b[k:m]
    if was or now:
        yield was, now


def _context(pieces: Sequence[str], *, first: bool, last: bool) -> str:
    """Shorten what is the same before, between and after differences."""
    if len(pieces) <= 3 * _KEPT:
        return escape("".join(pieces))
    start = "" if first else escape("".join(pieces[:_KEPT]))
    end = "" if last else escape("".join(pieces[-_KEPT:]))
    return f"{start}…{end}"


def _marked(mark: str, text: str) -> str:
    inner = text.strip()
    if not inner:
        return escape(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{_shown(inner)}{mark}{after}".replace("\n", "<br>")


def _cell(item: Item) -> str:
    texts = [
        text
        for name, values in item.parts.items()
        for text in _named(name, _shown(", ".join(values)))
    ]
    cites = ", ".join(code(str(cite)) for cite in item.cites)
    return "<br>".join([*texts, *([f"cite {cites}"] if cites else [])])


def _given(name: str, entries: Sequence[Item]) -> str:
    """Say what a field of a new record gives: a short value itself, of more than that the number."""
    text = entries[0].lead or entries[0].text
    if len(entries) == 1 and len(text) <= 300:
        return f"{field_word(name)}: {escape(text)}"
    return f"{field_word(name)}: {len(entries)}"


def _short(item: Item) -> str:
    return _shown(item.lead or item.text, 120)


def _shown(text: str, limit: int = CELL) -> str:
    """Escape a text, cut behind a word where it is too long."""
    if len(text) <= limit:
        return escape(text)
    return escape(text[:limit].rsplit(" ", 1)[0]) + " …"


def _standing(row: Row) -> str:
    before, after = _stands(row.before), _stands(row.after)
    if not row.before or not row.after or before == after:
        return after or before
    return f"{before} → {after}"


def _stood(shift: Shift) -> tuple[str, str]:
    return _stands(shift.before), _stands(shift.after)


def _stands(key: str) -> str:
    return STANDING[key][1] if key in STANDING else key


def _known(corpus: Corpus, fact: Cited) -> str:
    try:
        return corpus.standing_of(fact)
    except KeyError:
        return ""


def _ends(title: str, both: tuple[Counter[str], Counter[str]]) -> list[str]:
    texts = [f"+{code(id_)}{_times(n)}" for id_, n in sorted(both[0].items())]
    texts += [f"−{code(id_)}{_times(n)}" for id_, n in sorted(both[1].items())]
    return [f"{title}: {', '.join(texts)}"] if texts else []


def _times(number: int) -> str:
    return f" ×{number}" if number > 1 else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
