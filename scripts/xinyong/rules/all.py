"""The rules, in the order in which their problems are found."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import islice

from xinyong.corpus import Corpus, Entry
from xinyong.problems import MOST, Problem
from xinyong.rules import Context, Rule
from xinyong.rules.addresses import addresses_answer, moves_lead_somewhere
from xinyong.rules.ids import ids_can_be
from xinyong.rules.language import (
    chinese_has_characters,
    chinese_summaries_are_chinese,
    chinese_terms_differ,
    chosen_forms_differ,
    pinyin_has_tone_marks,
    pinyin_is_usual,
)
from xinyong.rules.lists import consequences_are_not_grounds
from xinyong.rules.order import (
    contacts_join_layers,
    dates_in_order,
    no_future_dates,
    ranges_in_order,
    thresholds_in_range,
)
from xinyong.rules.references import (
    addresses_differ,
    citations_are_cited,
    cites_resolve,
    former_ids_are_free,
    links_resolve,
    records_are_linked,
    terms_are_no_kinds_of_themselves,
    unread_only_via,
)
from xinyong.rules.remarks import names_hold_no_remarks
from xinyong.rules.searches import phrases_lead_to_one_record
from xinyong.rules.size import points_lie_in_china, records_are_bounded, years_are_of_this_subject
from xinyong.rules.texts import characters_are_right, markup_is_plain, paragraphs_are_cited
from xinyong.source.edtf import Edtf, today

RULES: Sequence[Rule] = (
    ids_can_be,
    records_are_bounded,
    links_resolve,
    cites_resolve,
    unread_only_via,
    former_ids_are_free,
    addresses_differ,
    citations_are_cited,
    records_are_linked,
    terms_are_no_kinds_of_themselves,
    dates_in_order,
    no_future_dates,
    years_are_of_this_subject,
    ranges_in_order,
    thresholds_in_range,
    points_lie_in_china,
    contacts_join_layers,
    consequences_are_not_grounds,
    chinese_has_characters,
    chinese_summaries_are_chinese,
    pinyin_has_tone_marks,
    chinese_terms_differ,
    chosen_forms_differ,
    pinyin_is_usual,
    names_hold_no_remarks,
    phrases_lead_to_one_record,
    paragraphs_are_cited,
    markup_is_plain,
    characters_are_right,
)

ALONE = frozenset(
    {
        ids_can_be,
        records_are_bounded,
        dates_in_order,
        years_are_of_this_subject,
        ranges_in_order,
        thresholds_in_range,
        points_lie_in_china,
        consequences_are_not_grounds,
        chinese_has_characters,
        pinyin_has_tone_marks,
        pinyin_is_usual,
        names_hold_no_remarks,
        paragraphs_are_cited,
        markup_is_plain,
        characters_are_right,
    }
)
"""The rules that look at nothing but the record itself."""


def check(
    corpus: Corpus,
    today: Edtf,
    rest: Callable[[], None] = lambda: None,
    sound: Container[str] = frozenset(),
) -> list[Problem]:
    """Hold the corpus against all rules; ``today`` is the last day that is not in the future.

    A record with more problems than are ever shown is not checked any further. ``rest`` is called
    before each record, and may let other work go first. Records that are ``sound`` by themselves,
    named by their addresses, are not held against the rules that stand ALONE.
    """
    context = Context(corpus, today)
    found: list[Problem] = []
    for entry in corpus:
        rest()
        found += islice(_judge(entry, context, sound), MOST + 1)
    return [*found, *addresses_answer(corpus), *moves_lead_somewhere(corpus)]


def _judge(entry: Entry, context: Context, sound: Container[str]) -> Iterator[Problem]:
    for rule in _OTHERS if entry.url in sound else RULES:
        yield from rule(entry, context)


_OTHERS = tuple(rule for rule in RULES if rule not in ALONE)

__all__ = ["ALONE", "RULES", "check", "today"]
