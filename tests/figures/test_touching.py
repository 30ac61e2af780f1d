"""The points at which layers touch: each is borne out by the corpus, and none is shown that is not."""

from __future__ import annotations

import pytest

from xinyong.corpus import Corpus
from xinyong.figures.touching import TOUCHES, Touch, borne_out, touching
from xinyong.records.vocabularies import LAYER
from xinyong.words import FIGURES


@pytest.mark.parametrize("touch", TOUCHES, ids=lambda touch: touch.key)
def test_every_point_is_documented_by_a_record_of_both_layers(touch: Touch, real: Corpus) -> None:
    assert {touch.source, touch.target} <= set(LAYER.values)
    assert f"touch-{touch.key}" in FIGURES
    assert borne_out(real, touch)


def test_a_point_without_its_record_or_of_another_layer_is_not_shown(small: Corpus) -> None:
    assert touching(small) == []
    assert borne_out(small, Touch("x", "commercial", "state", "sesame-credit"))
    assert not borne_out(small, Touch("x", "commercial", "financial", "sesame-credit"))
    assert not borne_out(small, Touch("x", "commercial", "state", "not-there"))
