"""The views of the database, for the usual questions."""

from __future__ import annotations

from collections.abc import Mapping

VIEWS: Mapping[str, tuple[str, str]] = {
    "evidence": (
        "One row a fact and citation that supports it, with what that source is worth.",
        """SELECT f.record, f.kind, f.field, f.path, f.value, f.as_of, f.standing, f.disputed,
  c.citation, c.locator, c.via, s.label, s.reliability, s.read, s.url
FROM facts f JOIN cites c ON c.fact = f.id JOIN citations s ON s.id = c."read" """,
    ),
    "figures": (
        "Numbers over time: what is counted, how, when, and how well it stands.",
        """SELECT record, kind, field, as_of,
  json_extract(more, '$.counts') AS counts, json_extract(more, '$.series') AS series,
  as_of_from, number, standing, cite, note
FROM facts WHERE json_extract(more, '$.series') IS NOT NULL""",
    ),
    "benefits": (
        "What those with a good score get: program, partner, offer, lowest score.",
        """SELECT record AS program, value AS partner, json_extract(more, '$.offer') AS offer,
  json_extract(more, '$.min_score') AS min_score, as_of, standing, cite FROM facts WHERE field = 'benefits'""",
    ),
    "consequences": (
        "What follows from a listing or a low score, by type.",
        """SELECT record, kind, json_extract(more, '$.type') AS type, value, as_of, standing, cite
FROM facts WHERE field = 'consequences'""",
    ),
    "designations": (
        "Which place was named on which list of pilot and model cities, and when.",
        """SELECT f.record AS city, c.name, c.name_zh, c.province, f.value AS list,
  json_extract(f.more, '$.date') AS date,
  json_extract(f.more, '$.document') AS document, f.standing
FROM facts f JOIN cities c ON c.id = f.record WHERE f.field = 'designations'""",
    ),
    "program_places": (
        "Which program is in use in which place.",
        """SELECT p.id AS program, p.name AS program_name, p.layer, c.id AS city, c.name AS city_name, c.province
FROM links l JOIN programs p ON p.id = l.record JOIN cities c ON c.id = l.target WHERE l.field = 'cities'""",
    ),
    "legal_bases": (
        "Which document a program or list rests on, with its number, rank and status.",
        """SELECT f.record, f.kind, c.id AS document, c.name, c.name_zh, c.number, c.rank, c.status, c.in_force
FROM facts f JOIN citations c ON c.id = f.target WHERE f.field = 'legal_basis'""",
    ),
    "sources_used": (
        "Each source with the number of records and facts that cite it.",
        """SELECT s.id, s.label, s.type, s.language, s.reliability, s."read", s.year,
  count(DISTINCT c.record) AS records, count(DISTINCT c.fact) AS facts
FROM citations s LEFT JOIN cites c ON c.citation = s.id GROUP BY s.id""",
    ),
    "standings": (
        "How many facts of each kind stand how well.",
        "SELECT kind, standing, count(*) AS facts FROM facts GROUP BY kind, standing",
    ),
    "disagreements": (
        "Facts that other entries for the same time contradict.",
        "SELECT record, field, value, as_of, standing, cite, note FROM facts WHERE disputed",
    ),
    "verdicts": (
        "Each claim with its assessment and the pieces of evidence for and against it.",
        """SELECT c.id, c.name, c.assessment,
  sum(json_extract(f.more, '$.stance') = 'for') AS evidence_for,
  sum(json_extract(f.more, '$.stance') = 'against') AS evidence_against
FROM claims c JOIN facts f ON f.record = c.id AND f.field = 'evidence' GROUP BY c.id""",
    ),
}
"""The views by name: what one row is, and the query."""
