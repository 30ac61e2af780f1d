"""The index of the search that is made from the last one: it is the one that is made from nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from xinyong.site.search import write_rows
from xinyong.site.search_kept import Kept, update
from xinyong.site.search_rows import Row, Section
from xinyong.site.whole import Place, stamps

WORDS = (
    *("score", "scores", "scored", "rating", "Rongcheng", "RÓNGCHÉNG", "lü", "lǜ", "red list"),
    *(
        "credit",
        "信用",
        "信用分",
        "執行",
        "执行",
        "社会",
        "the",
        "of",
        "No. 44",
        "2014",
        "第44号令",
    ),
    *("国发〔2014〕21号", "a", "b", "ab", "abc", "abcd", "abcde", "abcdf", "~", "é", "blacklist"),
)


def _words(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(0, most)))


def _several(chance: random.Random) -> tuple[str, ...]:
    return tuple(_words(chance, 4) for _ in range(chance.randint(0, 2)))


def _row(chance: random.Random, number: int) -> Row:
    kind = chance.choice(("cities", "terms", "citations"))
    sections = [
        Section(chance.choice("xy"), _words(chance, 9)) for _ in range(chance.randint(0, 3))
    ]
    return Row(
        *(kind, f"{number}/", chance.randint(0, 9), _words(chance, 3), _words(chance, 12)),
        *(
            chance.choice(("", "信用中国")),
            _words(chance, 2),
            "",
            _several(chance),
            _several(chance),
        ),
        *(_several(chance), _several(chance), "", tuple(sections)),
    )


def _edited(chance: random.Random, rows: Sequence[Row], numbers: range) -> list[Row]:
    """Return rows of which some have changed, gone or come."""
    found = list(rows)
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(found))
        told = _row(chance, 0)
        found[at] = chance.choice(
            (
                replace(found[at], text=told.text),
                replace(found[at], name=told.name, also=told.also),
                replace(found[at], weight=told.weight, sections=told.sections),
                replace(told, kind=found[at].kind, place=found[at].place),
            )
        )
    if chance.random() < 0.3:
        del found[chance.randrange(len(found))]
    if chance.random() < 0.3:
        found.append(_row(chance, chance.choice(numbers)))
    return list({row.address: row for row in found}.values())


def _files(folder: Path) -> dict[str, bytes]:
    found = (folder / "search").rglob("*.json")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def _place(folder: Path) -> Place:
    return Place(folder / "site", folder, folder / "mkdocs.yml", folder / "notes")


def _build(place: Place, rows: Sequence[Row], standing: dict[str, str]) -> None:
    """Make the index at a place as a build does, beside the last one."""
    new = place.root / "new"
    kept = Kept.of(place)
    update(new, [row for row in rows if row.address not in standing], standing, kept)
    written = dict(stamps(new))
    if place.out.exists():
        place.out.rename(place.root / f"was-{new.stat().st_ino}")
    new.rename(place.out)
    kept.note(written)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_it_is_the_index_from_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    place = _place(tmp_path)
    many = (5, 40, 400)[seed % 3]
    rows = list({row.address: row for row in (_row(chance, n) for n in range(many))}.values())
    _build(place, rows, {})
    for step in range(6):
        last, rows = rows, _edited(chance, rows, range(many, many + 9))
        standing = {
            row.address: row.noted() for row in rows if row in last and chance.random() < 0.9
        }
        _build(place, rows, standing)
        write_rows(tmp_path / str(step), rows)

        assert _files(place.out) == _files(tmp_path / str(step))


def test_files_that_no_change_touches_are_those_of_the_last_index(tmp_path: Path) -> None:
    chance = random.Random(1)
    place = _place(tmp_path)
    rows = [_row(chance, n) for n in range(400)]
    _build(place, rows, {})
    before = dict(stamps(place.out))
    _build(place, [replace(rows[0], text=f"{rows[0].text} rongcheng"), *rows[1:]], {})
    after = dict(stamps(place.out))

    other = {name for name in after if after[name] != before[name]}
    assert len(other) < 10
    assert "search/contents/ro.json" in other


def test_a_file_that_was_changed_by_hand_is_not_taken_over(tmp_path: Path) -> None:
    chance = random.Random(1)
    place = _place(tmp_path)
    rows = [_row(chance, n) for n in range(40)]
    _build(place, rows, {})
    right = _files(place.out)
    file = next((place.out / "search/texts").iterdir())
    file.write_text("{}", encoding="utf-8")
    _build(place, rows, {})

    assert _files(place.out) == right


def test_two_sections_at_one_address_are_both_found_after_the_next_build(tmp_path: Path) -> None:
    chance = random.Random(1)
    place = _place(tmp_path)
    rows = [_row(chance, n) for n in range(40)]
    for twice in ([*rows, replace(rows[0], text="twice")], [*rows, replace(rows[0], text="again")]):
        _build(place, twice, {})
        write_rows(tmp_path / "anew", twice)

        assert _files(place.out) == _files(tmp_path / "anew")
