"""What a record is: one module a kind. The fields' descriptions are the contributors' reference."""

from __future__ import annotations

from collections.abc import Mapping

from xinyong.records.base import Record
from xinyong.records.blacklists import Blacklist
from xinyong.records.citations import Citation
from xinyong.records.cities import City
from xinyong.records.claims import Claim
from xinyong.records.events import Event
from xinyong.records.organizations import Organization
from xinyong.records.programs import Program
from xinyong.records.terms import Term

MODELS: Mapping[str, type[Record]] = {
    model.kind: model
    for model in (City, Program, Blacklist, Citation, Term, Organization, Event, Claim)
}
"""The model of each kind, in the order in which kinds are shown."""

__all__ = [
    "MODELS",
    "Blacklist",
    "Citation",
    "City",
    "Claim",
    "Event",
    "Organization",
    "Program",
    "Record",
    "Term",
]
