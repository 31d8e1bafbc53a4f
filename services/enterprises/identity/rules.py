"""What is wrong or doubtful about a code. Each rule answers with a reason, or nothing; no sentence
repeats the code."""

from __future__ import annotations

import re

from backbone.errors import Reason
from park.codes import uscc_problem
from park.rules import Rule

from ..firms.rules import organisation_check, organisation_code_doubt
from .codes import CodeClaims, CodeKind, CodeReported

ORGANISATION_FORM = re.compile(r"[0-9A-Z]{8}[0-9X]")
REGISTRATION_FORM = re.compile(r"[0-9]{13}|[0-9]{15}")
FIELD = "data.value"


def unfit_credit_code(code: CodeReported) -> Reason | None:
    """A credit code has its check, unless it is reported as the one that was mistyped."""
    if code.kind is not CodeKind.USCC or code.mistyped:
        return None
    problem = uscc_problem(code.value)
    return problem and Reason(problem.code, problem.sentence, FIELD, problem.source)


def unfit_organisation_code(code: CodeReported) -> Reason | None:
    """An organisation code has eight characters and a check, which older ones break."""
    if code.kind is not CodeKind.ORGANISATION_CODE or code.mistyped:
        return None
    if ORGANISATION_FORM.fullmatch(code.value):
        return None
    return Reason(
        "ORGANISATION_CODE_FORM",
        "An organisation code has 8 digits or letters and a check of one digit or X, with a dash before "
        "it or without: 12345678-5.",
        field=FIELD,
        source="GB 11714",
    )


def no_first_day(code: CodeReported) -> Reason | None:
    """Only of a code that never was the firm's own nobody can say since when."""
    if code.mistyped or code.valid_from is not None:
        return None
    return Reason(
        "FIRST_DAY_MISSING",
        "Say from which day on the firm has the code, unless it was mistyped.",
        field="data.valid_from",
    )


CODE_RULES: tuple[Rule[CodeReported], ...] = (
    unfit_credit_code,
    unfit_organisation_code,
    no_first_day,
)


def doubtful_check(code: CodeReported) -> Reason | None:
    """The organisation code, also within a credit code, has a check that genuine ones may break."""
    if code.mistyped:
        return None
    if code.kind is CodeKind.USCC:
        return organisation_code_doubt(code.value)
    if code.kind is CodeKind.REGISTRATION_NUMBER:
        return None
    if code.value[8] == organisation_check(code.value[:8]):
        return None
    return Reason(
        "ORGANISATION_CODE_DOUBTFUL",
        "The organisation code does not fit its check character; look for a typing error.",
        field=FIELD,
        source="GB 11714",
    )


def doubtful_registration_number(code: CodeReported) -> Reason | None:
    """Registration numbers had 13 digits and later 15; some of foreign firms had words in them."""
    if code.kind is not CodeKind.REGISTRATION_NUMBER or code.mistyped:
        return None
    if REGISTRATION_FORM.fullmatch(code.value):
        return None
    return Reason(
        "REGISTRATION_NUMBER_DOUBTFUL",
        "An old registration number has 13 or 15 digits; look for a typing error.",
        field=FIELD,
    )


CODE_DOUBTS: tuple[Rule[CodeReported], ...] = (doubtful_check, doubtful_registration_number)


def code_is_claimed(claims: CodeClaims, enterprise_id: str) -> Reason | None:
    """A code belongs to one firm on any day; whose it is, a person has to say."""
    mine = [each for each in claims.disputes() if each.claim.enterprise_id == enterprise_id]
    if not mine:
        return None
    return Reason(
        "CODE_CLAIMED_TWICE",
        f"{mine[0].other_enterprise_id} claims the same {claims.kind} on the same days; report the wrong "
        "one as mistyped.",
        field=FIELD,
    )


def code_is_of_many(claims: CodeClaims) -> Reason | None:
    """What very many firms claim was filled into every row of a list, and disputes nothing."""
    if not claims.of_many:
        return None
    return Reason(
        "CODE_OF_MANY_FIRMS",
        "Many firms claim this code, so it names none of them; report the code of each.",
        field=FIELD,
    )
