"""The graph and the thesaurus, held against shapes of our own by pySHACL."""

# /// script
# dependencies = ["pyshacl"]
# ///

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, SKOS, Graph, URIRef

SHAPES = Path(__file__).parent / "shapes.ttl"
MAIN = URIRef("https://schema.org/mainEntity")


@pytest.mark.parametrize(("file", "what"), [("graph.jsonld", "pages"), ("glossary.ttl", "terms")])
def test_every_node_keeps_to_the_shapes(
    file: str, what: str, site: Path, tried: Callable[..., None]
) -> None:
    data = Graph().parse(site / "data" / file)
    _, found, text = pyshacl.validate(data, shacl_graph=str(SHAPES), advanced=False)
    print(text[:4000])

    assert isinstance(found, Graph)
    wrong = set(found.objects(None, SH.focusNode))
    offered = set(data.subjects(MAIN)) or set(data.subjects(RDF.type, SKOS.Concept))
    right = len(offered) - len(wrong)
    tried("pySHACL", version("pyshacl"), f"{what} by shapes", right=right, offered=len(offered))
