"""Where layers touch: records say it, the page that explains the layers shows it."""

from __future__ import annotations

from support import Lay
from xinyong.corpus import Corpus, load
from xinyong.corpus.contacts import contacts, layers_around
from xinyong.pages.diagram import layers_diagram
from xinyong.pages.view import LooseView
from xinyong.publication import Library

CONTACT = """
contacts: {from: commercial, to: municipal, value: A score frees from a deposit., cite: koetse-2018}
"""


def test_the_real_corpus_documents_a_contact_between_each_two_layers(real: Corpus) -> None:
    joined = {frozenset((one.contact.from_, one.contact.to)) for one in contacts(real)}

    assert len(joined) == 6
    for placed in contacts(real):
        around = layers_around(real, placed.entry)
        assert {placed.contact.from_, placed.contact.to} <= around, placed.entry.id


def test_a_contact_stands_in_the_diagram_with_its_record(lay: Lay) -> None:
    root = lay({})
    file = root / "programs" / "sesame-credit.yml"
    file.write_text(file.read_text(encoding="utf-8") + CONTACT, encoding="utf-8")
    corpus, problems = load(root)

    assert problems == []
    shown = layers_diagram(LooseView(Library(corpus), root="../"))
    assert '<a href="../programs/sesame-credit/">A score frees from a deposit.</a>' in shown


def test_a_corpus_without_contacts_shows_the_layers_alone(small: Corpus) -> None:
    assert contacts(small) == []
    shown = layers_diagram(LooseView(Library(small), root="../"))
    assert shown.count("<h3>") == 4
    assert "xy-contacts" not in shown
