"""Whatever stands in a record, a check ends soon, with a clean result or with problems that have a
place in it.
"""

from __future__ import annotations

import gc
import os
import shutil
import time
from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odd_records import EXAMPLES, FILES, LARGE, assert_places, lines_of, texts, trees
from support import SMALL
from xinyong.corpus import load, locate
from xinyong.problems import Problem
from xinyong.problems.formats import Report, as_json, as_lines, as_sarif
from xinyong.rules.all import check, today
from xinyong.source.snapshot import MAX_BYTES

pytestmark = pytest.mark.no_cover

SECONDS = float(os.environ.get("SECONDS", "20"))
"""Tells a check that runs away from one on a busy machine; two seconds are what is promised on a
quiet one."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small corpus, of which one record is changed at a time."""
    folder = tmp_path_factory.mktemp("anything") / "corpus"
    shutil.copytree(SMALL, folder)
    return folder


def _check(root: Path, file: Path, data: bytes) -> list[Problem]:
    """Check the corpus with ``data`` in the place of ``file``; hold every problem against the
    promise.
    """
    path, sound = root / file, (SMALL / file).read_bytes()
    path.write_bytes(data)
    try:
        gc.disable()  # as the commands do; what other tests hold in memory would be searched else
        began = time.process_time()
        corpus, problems = load(root)
        found = locate(problems + check(corpus, today()))
        assert time.process_time() - began < SECONDS, f"more than {SECONDS} seconds for a record"
        for form in (as_lines(found), as_json(Report(found, 1)), as_sarif(Report(found, 1), "0")):
            form.encode()
        lines = {name: lines_of(name) for name in {problem.file for problem in found}}
        for problem in found:
            assert_places(problem, lines[problem.file])
    finally:
        gc.enable()
        path.write_bytes(sound)
    return found


changed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)


@changed
@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 40), texts)
def test_any_text_in_place_of_any_other(
    root: Path, file: Path, where: float, length: int, text: str
) -> None:
    sound = (SMALL / file).read_text(encoding="utf-8")
    at = int(where * len(sound))

    _check(root, file, (sound[:at] + text + sound[at + length :]).encode("utf-8", "surrogatepass"))


@changed
@given(st.sampled_from(FILES), st.data())
def test_any_lines_cut_moved_indented_or_doubled(
    root: Path, file: Path, data: st.DataObject
) -> None:
    lines = (SMALL / file).read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        edit = data.draw(
            st.sampled_from(["cut", "move", "double", "indent", "unindent", "glue", "empty"])
        )
        if edit == "cut":
            lines = lines[: at + 1]
        elif edit == "move":
            lines.insert(other, lines.pop(at))
        elif edit == "double":
            lines.insert(other, lines[at])
        elif edit == "glue" and at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1].strip()]
        else:
            line = lines[at]
            lines[at] = {
                "indent": " " * (1 + other % 5) + line,
                "unindent": line[1:],
                "empty": "",
            }.get(edit, line)

    _check(root, file, "\n".join(lines).encode())


@changed
@given(st.sampled_from(FILES), st.data())
def test_any_tree_in_place_of_any_value_or_name(
    root: Path, file: Path, data: st.DataObject
) -> None:
    whole = pyyaml.load((SMALL / file).read_text(encoding="utf-8"), pyyaml.BaseLoader)
    path = data.draw(st.sampled_from(_paths(whole)))
    container = whole
    for step in path[:-1]:
        container = container[step]
    if isinstance(container, dict) and data.draw(st.booleans()):
        container[data.draw(texts)] = container.pop(path[-1])
    else:
        container[path[-1]] = data.draw(trees)
    style = data.draw(st.sampled_from([None, True, False]))

    _check(
        root,
        file,
        pyyaml.safe_dump(
            whole, allow_unicode=True, default_flow_style=style, sort_keys=False
        ).encode(),
    )


@changed
@given(st.sampled_from(FILES), trees)
def test_any_tree_as_a_record(root: Path, file: Path, tree: object) -> None:
    _check(root, file, pyyaml.safe_dump(tree, allow_unicode=True).encode())


@changed
@given(
    st.sampled_from(FILES),
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-16")),
)
def test_any_bytes_as_a_record(root: Path, file: Path, data: bytes) -> None:
    _check(root, file, data)


def _paths(tree: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    return [
        *([path] if path else []),
        *(found for key, value in inner for found in _paths(value, (*path, key))),
    ]


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize(
    "file", [Path("programs/sesame-credit.yml"), Path("organizations/ant-group.yml")], ids=str
)
def test_no_record_of_the_largest_size_takes_long(name: str, file: Path, root: Path) -> None:
    data = LARGE[name].encode()[:MAX_BYTES]

    assert _check(root, file, data)
