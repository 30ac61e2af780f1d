"""The graph, the thesaurus, the places and the calendar, read by the libraries of others."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from rdflib import DCTERMS, RDF, SKOS, Dataset, Graph, Literal, URIRef

from exports.conftest import Exported
from support import Lay
from xinyong.corpus import Entry, load
from xinyong.edition import Edition
from xinyong.exports import skos, timeline

BASE = "https://example.org/x/"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def _subject(entry: Entry) -> URIRef:
    return URIRef(f"{BASE}{entry.url}#subject")


@pytest.fixture(scope="session")
def thesaurus(exported: Exported) -> Graph:
    """The glossary."""
    return Graph().parse(
        data=(exported.data / "glossary.ttl").read_text(encoding="utf-8"), format="turtle"
    )


def test_every_term_is_a_concept_with_its_labels_in_three_forms(
    exported: Exported, thesaurus: Graph
) -> None:
    terms = exported.corpus.of_kind("terms")

    assert len(set(thesaurus.subjects(RDF.type, SKOS.Concept))) == len(terms)
    for entry in terms:
        names = entry.record.names
        labels = set(thesaurus.objects(_subject(entry), SKOS.prefLabel))
        assert Literal(names.en, "en") in labels
        assert not names.zh or Literal(str(names.zh), "zh-hans") in {
            Literal(str(x), (x.language or "").lower()) for x in labels
        }  # type: ignore[attr-defined]
        assert len({label.language for label in labels}) == len(labels)  # type: ignore[attr-defined]


def test_the_thesaurus_keeps_the_rules_of_skos(thesaurus: Graph) -> None:
    for concept in thesaurus.subjects(RDF.type, SKOS.Concept):
        preferred = set(thesaurus.objects(concept, SKOS.prefLabel))
        assert not preferred & set(thesaurus.objects(concept, SKOS.altLabel))
        definitions = list(thesaurus.objects(concept, SKOS.definition))
        assert sorted(one.language for one in definitions) in (["en"], ["en", "zh-Hans"])
        for other in thesaurus.objects(concept, SKOS.related):
            assert (other, RDF.type, SKOS.Concept) in thesaurus
        assert list(thesaurus.objects(concept, DCTERMS.source))
    for collection in thesaurus.subjects(RDF.type, SKOS.Collection):
        labels = thesaurus.objects(collection, SKOS.prefLabel)
        assert sorted(label.language for label in labels) == ["en", "zh-Hans"]
    members = set(thesaurus.objects(None, SKOS.member))
    assert members == set(thesaurus.subjects(RDF.type, SKOS.Concept))
    assert len(set(thesaurus.subjects(DCTERMS.license, None))) == 1


@given(TEXT)
def test_no_text_breaks_the_turtle(text: str) -> None:
    made = Graph().parse(
        data=f"<http://a.org/> <http://a.org/b> {skos.literal(text, 'en')} .", format="turtle"
    )

    assert [str(found) for found in made.objects()] == [text]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_the_graph_has_every_record_and_every_link(exported: Exported) -> None:
    graph = Dataset(default_union=True).parse(
        data=(exported.data / "graph.jsonld").read_text(encoding="utf-8"), format="json-ld"
    )
    corpus = exported.corpus

    typed = set(graph.subjects(RDF.type, None))
    assert {URIRef(BASE + entry.url) for entry in corpus} <= typed
    assert {_subject(entry) for entry in corpus} <= typed
    edges = {(use.source, use.path[0], use.target) for use in corpus.links}
    found = {
        (subject, str(predicate).rpartition("data/#")[2], target)
        for subject, predicate, target in graph.triples((None, None, None))
        if "data/#" in str(predicate)
    }
    assert {(_subject(corpus[s]), f, _subject(corpus[t])) for s, f, t in edges} == found
    cited = {(use.source, use.target) for use in corpus.cites if use.source != use.target}
    at = URIRef("https://schema.org/citation")
    for source, target in cited:
        # What a page cites is told of the page: a city cites nothing.
        assert (URIRef(BASE + corpus[source].url), at, _subject(corpus[target])) in graph
    assert len(set(graph.subject_objects(at))) == len(cited)


def test_places_lie_where_they_are(exported: Exported) -> None:
    found = json.loads((exported.data / "places.geojson").read_text(encoding="utf-8"))
    places = {feature["id"]: feature for feature in found["features"]}

    assert found["type"] == "FeatureCollection"
    assert len(places) == len(exported.corpus.of_kind("cities"))
    longitude, latitude = places["rongcheng"]["geometry"]["coordinates"]
    assert 122 < longitude < 123
    assert 37 < latitude < 38
    for feature in places.values():
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["geometry"] is None or feature["geometry"]["type"] == "Point"


def test_the_calendar_has_every_event_on_its_days(exported: Exported) -> None:
    calendar = Calendar.from_ical((exported.data / "timeline.ics").read_bytes())
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    listed = json.loads((exported.data / "timeline.json").read_text(encoding="utf-8"))

    assert len(events) == len(listed) == len(exported.corpus.of_kind("events"))
    assert [event["start"] or event["end"] for event in listed] == sorted(
        e["start"] or e["end"] for e in listed
    )
    for event in listed:
        entry = events[f"{event['id']}@example.org"]
        start = datetime.date.fromisoformat(event["start"] or event["end"])
        end = datetime.date.fromisoformat(event["end"] or event["start"])
        last = end if "/" in event["date"] else start
        assert entry["DTSTART"].dt == start
        assert entry["DTEND"].dt == last + datetime.timedelta(1)
        assert str(entry["SUMMARY"]).startswith(event["name"])


@pytest.mark.parametrize(
    ("date", "days", "title"),
    [
        ("2015", "DTSTART;VALUE=DATE:20150101\r\nDTEND;VALUE=DATE:20150102\r\n", "A (2015)"),
        (
            "2015-03",
            "DTSTART;VALUE=DATE:20150301\r\nDTEND;VALUE=DATE:20150302\r\n",
            "A (March 2015)",
        ),
        (
            "2015~",
            "DTSTART;VALUE=DATE:20150101\r\nDTEND;VALUE=DATE:20150102\r\n",
            "A (about 2015)",
        ),
        (
            "201X",
            "DTSTART;VALUE=DATE:20100101\r\nDTEND;VALUE=DATE:20100102\r\n",
            "A (2010s)",
        ),
        (
            "2015-03-XX",
            "DTSTART;VALUE=DATE:20150301\r\nDTEND;VALUE=DATE:20150302\r\n",
            "A (March 2015)",
        ),
        ("2015-03-04", "DTSTART;VALUE=DATE:20150304\r\nDTEND;VALUE=DATE:20150305\r\n", "A"),
        (
            "2014/2015",
            "DTSTART;VALUE=DATE:20140101\r\nDTEND;VALUE=DATE:20160101\r\n",
            "A (2014 to 2015)",
        ),
    ],
)
def test_an_event_of_which_only_the_year_is_known_fills_no_year(
    date: str, days: str, title: str, lay: Lay
) -> None:
    text = (
        "name: {en: A}\nlayers: state\nsummary: 'A [@koetse-2018].'\n"
        f"date: {{value: {date}, cite: koetse-2018}}\n"
    )
    corpus, _ = load(lay({"corpus/events/a.yml": text}))

    shown = timeline.icalendar(corpus, Edition(BASE))

    assert days in shown
    assert f"SUMMARY:{title}\r\n" in shown


def test_an_event_without_an_end_lies_on_its_first_day(lay: Lay) -> None:
    text = (
        "name: {en: 'A; b, c'}\nlayers: state\nsummary: 'A [@koetse-2018].'\n"
        "date: {value: 2015/.., cite: koetse-2018}\n"
    )
    corpus, _ = load(lay({"corpus/events/a.yml": text}))

    shown = timeline.icalendar(corpus, Edition(BASE))

    assert "DTSTART;VALUE=DATE:20150101\r\nDTEND;VALUE=DATE:20150102\r\n" in shown
    assert "SUMMARY:A\\; b\\, c (since 2015)\r\n" in shown


@given(TEXT)
def test_lines_are_folded_between_characters(text: str) -> None:
    folded = timeline.folded(f"SUMMARY:{timeline.escaped(text)}")

    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.endswith("\r\n")
    assert folded.replace("\r\n ", "").removesuffix("\r\n") == f"SUMMARY:{timeline.escaped(text)}"


def test_a_wider_term_is_wider_and_is_not_also_related(thesaurus: Graph) -> None:
    broader = set(thesaurus.subject_objects(SKOS.broader))

    assert broader
    assert broader == {(one, other) for other, one in thesaurus.subject_objects(SKOS.narrower)}
    for concept in thesaurus.subjects(RDF.type, SKOS.Concept):
        wider = {*thesaurus.transitive_objects(concept, SKOS.broader)} - {concept}
        assert not {*thesaurus.objects(concept, SKOS.related)} & wider
        assert (concept, SKOS.broader, concept) not in thesaurus
        assert all((one, SKOS.broader, concept) not in thesaurus for one in wider), (
            f"{concept} is wider than itself"
        )
        is_top = (concept, SKOS.topConceptOf, None) in thesaurus
        assert is_top is not bool(wider)
