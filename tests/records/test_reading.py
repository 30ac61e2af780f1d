"""Records as read from trees: what fits is kept, what does not is named, and a faulty part costs
only itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import SMALL
from xinyong.records import MODELS, Program, read, walk
from xinyong.records.base import Cited
from xinyong.source import yaml
from xinyong.source.cites import Cite

FILES = sorted(SMALL.glob("*/*.yml"))


def _tree(file: Path) -> Any:
    return yaml.read(file.read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_record_of_the_small_corpus_is_whole(file: Path) -> None:
    found = read.read(file.parent.name, _tree(file), str(file))

    assert (found.whole, found.problems) == (True, ())


def test_one_entry_may_stand_for_a_list() -> None:
    fact = {"value": "2015", "cite": "a-1"}
    both = [
        read.read(
            "programs",
            {"name": {"en": "x"}, "layer": "state", "summary": "y", "launched": written},
            "f",
        ).record
        for written in (fact, [fact])
    ]

    assert both[0] == both[1]


def test_a_faulty_part_costs_only_itself() -> None:
    tree = {
        "name": {"en": "x", "zz": "y"},
        "layer": "nothing",
        "launched": [
            {"value": "2015", "cite": "a-1"},
            {"value": "soon", "cite": "a-1"},
            {"value": "2016"},
        ],
        "operators": ["good", "../bad"],
    }
    found = read.read("programs", tree, "f")

    assert isinstance(found.record, Program)
    assert [fact.value.text for fact in found.record.launched] == ["2015"]
    assert [item.value.id for item in found.record.operators] == ["good"]
    assert found.record.name.en == "x"
    assert sorted(problem.code for problem in found.problems) == [
        "X301",
        "X302",
        "X304",
        "X305",
        "X306",
        "X501",
    ]


def test_the_tree_is_not_changed_by_reading_it() -> None:
    tree = {"name": {"en": "x"}, "launched": {"value": "soon"}}
    before = repr(tree)
    read.read("programs", tree, "f")

    assert repr(tree) == before


def test_the_facts_of_a_record_are_walked_with_their_paths() -> None:
    record = read.read("programs", _tree(SMALL / "programs" / "sesame-credit.yml"), "f").record
    assert record is not None

    paths = [path for path, _ in walk.facts(record)]

    assert ("launched", 1) in paths
    assert ("benefits", 0) in paths
    assert all(isinstance(fact, Cited) for _, fact in walk.facts(record))
    assert ("launched", 1, "cite", 0) in [path for path, _ in walk.values(record, Cite)]


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_is_described_for_contributors(kind: str) -> None:
    models, seen = [MODELS[kind]], set()
    while models:
        model = models.pop()
        seen.add(model)
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            assert field.description.rstrip()[-1] in ".…:'" or field.description.endswith(")."), (
                field.description
            )
            inner = read.field_models(model, [field.alias or name])
            if inner not in seen:
                models.append(inner)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_can_be_made_of_every_kind(kind: str) -> None:
    schema = MODELS[kind].model_json_schema()

    assert schema["additionalProperties"] is False


scalars = st.sampled_from(
    ["", "x", "2015", "3", "[[a]]", "[@a]", "-1", "a-b via c", "true", "失信", "../x", "<b>"]
)
mess = st.recursive(
    scalars,
    lambda t: (
        st.lists(t, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "cite", "en", "min", "x", "as_of"]), t, max_size=3
        )
    ),
    max_leaves=6,
)


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    return [path, *(found for key, value in inner for found in _paths(value, (*path, key)))]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_anything_in_place_of_any_part_gives_a_record_or_problems(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FILES))
    tree = _tree(file)
    path = data.draw(st.sampled_from(_paths(tree)))
    if not path:
        tree = data.draw(mess)
    else:
        container = tree
        for step in path[:-1]:
            container = container[step]
        container[path[-1]] = data.draw(mess)

    found = read.read(file.parent.name, tree, "f")

    assert found.whole == (not found.problems)
    for problem in found.problems:
        assert problem.code.startswith("X")
        assert problem.message
