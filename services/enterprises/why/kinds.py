"""What the rules say of each kind of thing that enterprises keeps, and what has to be read for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from park.dues.due import Asked, Due
from park.why.said import Explainer, RuleSaid, of_due

from ..case import Case, CaseStanding
from ..codes import why as codes
from ..codes.firm_codes import FirmCodes
from ..deadlines.told import DeadlinesTold
from ..firms.enterprise import Enterprise
from ..firms.site import Site
from ..honours.honours import FirmHonours
from ..ledger import dues
from ..profile.firm_profile import FirmProfile
from ..requests.request import ServiceRequest
from ..rounds import why as rounds
from ..rounds.entry import RoundFirm
from ..rounds.grades import FirmGrades
from ..rounds.round import Round
from ..standing import why as standings

Store: TypeAlias = Any  # the unit of work
MOST = 100_000  # firms of a round
AHEAD_DAYS = 90


def of_firm(store: Store, firm: Enterprise) -> Iterator[RuleSaid]:
    def case_of(through: CaseStanding, case_id: str) -> Case | None:
        site = store.get(Site, through.parcel_id)
        return site.cases.get(case_id) if site else None

    yield from standings.rules_of(firm, case_of)
    if kept := store.get(FirmCodes, firm.enterprise_id):
        yield from of_codes(store, kept)
    grades = store.get(FirmGrades, firm.enterprise_id)
    by = grades.on(store.today) if grades else None
    if grades and by:
        yield rounds.of_year(grades, by)
    if honours := store.get(FirmHonours, firm.enterprise_id):
        yield from of_honours(store, honours)
    if profile := store.get(FirmProfile, firm.enterprise_id):
        yield from of_profile(store, profile)


def of_codes(store: Store, firm: FirmCodes) -> Iterator[RuleSaid]:
    return codes.rules_of(firm, store.today, store.now)


def of_round(store: Store, held: Round) -> Iterator[RuleSaid]:
    return rounds.rules_of_round(held, store.find(RoundFirm, MOST, round_id=held.round_id))


def of_round_firm(store: Store, entry: RoundFirm) -> Iterator[RuleSaid]:
    entries = store.find(RoundFirm, MOST, round_id=entry.round_id)
    ranked = {each.unit for each in entries if each.rank is not None}
    return rounds.rules_of_firm(entry, store.require(Round, entry.round_id), len(ranked))


def of_grades(store: Store, firm: FirmGrades) -> Iterator[RuleSaid]:
    return rounds.rules_of_grades(firm, store.today)


def of_honours(store: Store, firm: FirmHonours) -> Iterator[RuleSaid]:
    told = store.get(DeadlinesTold, firm.enterprise_id)
    return _dues(*dues.of_honours(firm, told, _ahead(store)))


def of_profile(store: Store, profile: FirmProfile) -> Iterator[RuleSaid]:
    told = store.get(DeadlinesTold, profile.enterprise_id)
    return _dues(*dues.of_capital(profile, told, _ahead(store)))


def of_request(store: Store, request: ServiceRequest) -> Iterator[RuleSaid]:
    return _dues(dues.of_request(request, _ahead(store)) if request.is_open else None)


EXPLAINED: dict[type, Explainer] = {
    Enterprise: of_firm,
    FirmCodes: of_codes,
    Round: of_round,
    RoundFirm: of_round_firm,
    FirmGrades: of_grades,
    FirmHonours: of_honours,
    FirmProfile: of_profile,
    ServiceRequest: of_request,
}


def _ahead(store: Store) -> Asked:
    return Asked(on=store.today, within_days=AHEAD_DAYS)


def _dues(*found: Due | None) -> Iterator[RuleSaid]:
    return (of_due(each) for each in found if each)
