"""The rulebooks of enterprises by which things are compared."""

from __future__ import annotations

from functools import cache

from park.verdicts.topic import Topic, Topics, judged_by

from ..codes.firm_codes import FirmCodes
from ..codes.kinds import CODES
from ..deadlines.told import AHEAD
from ..evaluation.kept import rulebook
from ..firms.enterprise import Enterprise
from ..groups.ownership import CONTROL, FirmOwners
from ..honours.honours import HONOUR_KINDS, FirmHonours
from ..industry.catalogues import CATALOGUES
from ..profile.firm_profile import FirmProfile
from ..profile.rulebook import CAPITAL_TERMS, SCALE_BARS
from ..requests.levels import CLOCKS, DESK
from ..requests.request import ServiceRequest
from ..rounds.grades import FirmGrades
from ..rounds.law import POLICIES
from ..rounds.round import Round
from .codes import by_kinds, codes_told
from .firms import (
    by_capital_terms,
    by_days_ahead,
    by_honour_kinds,
    by_scale_bar,
    capital_due_told,
    days_ahead_told,
    honours_due_told,
    known_firms,
)
from .industries import by_catalogues, known_industries
from .owners import by_control, known_owners
from .policies import by_policies, known_grades
from .requests import by_clocks, by_levels, lateness_told, levels_told


@cache
def topics() -> Topics:
    """Schemes are read at the first use, as most processes need none."""
    return {
        "evaluation": Topic(
            rulebook=rulebook(),
            thing="enterprise",
            judges="which grade the scheme of a scored round gives a firm by its frozen figures",
            kind=Round,
            judge=lambda service, page: service.judged_round(page),
            at_once=1,  # the firms of a round are ranked together
        ),
        "request_clocks": Topic(
            rulebook=CLOCKS,
            thing="service_request",
            judges="which step of an open request is due, by when, and how late it is today",
            kind=ServiceRequest,
            where={"is_open": True},
            judge=judged_by(by_clocks, lateness_told),
        ),
        "service_desk": Topic(
            rulebook=DESK,
            thing="service_request",
            judges="for which level an open request is late enough today",
            kind=ServiceRequest,
            where={"is_open": True},
            judge=judged_by(by_levels, levels_told),
        ),
        **_of_firms(),
        **_of_groups(),
        **_of_grades(),
    }


def _of_firms() -> Topics:
    return {
        "capital": Topic(
            rulebook=CAPITAL_TERMS,
            thing="firm_profile",
            judges="until when the subscribed capital of a firm has to be paid, or its term adjusted",
            kind=FirmProfile,
            judge=judged_by(by_capital_terms, capital_due_told, known_firms),
        ),
        "honours": Topic(
            rulebook=HONOUR_KINDS,
            thing="firm_honours",
            judges="until when an honour of a firm stands, and whether it does today",
            kind=FirmHonours,
            judge=judged_by(by_honour_kinds, honours_due_told, known_firms),
        ),
        "deadlines": Topic(
            rulebook=AHEAD,
            thing="enterprise",
            judges="of which deadlines of a registered firm people are told by today",
            kind=Enterprise,
            judge=judged_by(by_days_ahead, days_ahead_told, known_firms),
        ),
        "scale": Topic(
            rulebook=SCALE_BARS,
            thing="firm_profile",
            judges="whether the revenue of a firm puts it above scale, and whether it was reported so",
            kind=FirmProfile,
            judge=judged_by(by_scale_bar, known=known_firms),
        ),
    }


def _of_groups() -> Topics:
    return {
        "control": Topic(
            rulebook=CONTROL,
            thing="firm_owners",
            judges="who heads the group that a firm belongs to today",
            kind=FirmOwners,
            judge=judged_by(by_control, known=known_owners),
        ),
        "catalogues": Topic(
            rulebook=CATALOGUES,
            thing="enterprise",
            judges="to which entries of each catalogue a firm belongs by its industry of today",
            kind=Enterprise,
            judge=judged_by(by_catalogues, known=known_industries),
        ),
    }


def _of_grades() -> Topics:
    return {
        "codes": Topic(
            rulebook=CODES,
            thing="firm_codes",
            judges="which code a firm has in each period, in which colour, and whether that is a fall",
            kind=FirmCodes,
            judge=judged_by(by_kinds, codes_told),
        ),
        "grade_policies": Topic(
            rulebook=POLICIES,
            thing="firm_grades",
            judges="what follows the grade that a firm has today",
            kind=FirmGrades,
            judge=judged_by(by_policies, known=known_grades),
        ),
    }
