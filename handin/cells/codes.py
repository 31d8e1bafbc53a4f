"""Codes as they stand in workbooks: a typing error is mended only where the check character proves it."""

from __future__ import annotations

import re

from park.codes import (
    DIVISIONS,
    PARCEL_FORM,
    PROPERTY_UNIT_FORM,
    clean,
    industry_code_problem,
    parcel_code_problem,
    uscc_problem,
)
from park.masking import holds_personal_id, is_personal_id, mask_persons

from ..said import Found, NeedsPerson, Refused

LOOKALIKES = str.maketrans("OIZ", "012")
COUNTED = re.compile(r"\([0-9]+/[0-9]+\)$")  # (1/1) behind a code, in lists of holders
BETWEEN = re.compile(r"[\s\-–—·'\u200b\ufeff]")
OTHERS = r"共?[0-9一二两三四五六七八九十]+[户家人名位个]?(?:单位|企业|公司|权利人)?|人|单位|企业"
SEVERAL_NAMES = re.compile(
    r"[、;；，/|]|,(?!\s*(?:Ltd|Inc|LLC|Limited|Co)\b)|及其[他它余]"
    rf"|等[(（]?(?:{OTHERS})?[)）]?$"
    r"|(?:公司|厂)\s+\S.*(?<!分)(?:公司|厂)$",  # one below the other, or a space between them
    re.IGNORECASE,
)
ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
SEVERAL = re.compile(r"[、,;/|]")
LONG_DASH = re.compile(r"[–—−]+")
UNSEEN = re.compile("[·'\u200b\ufeff]")
LISTED = re.compile(r"([a-z_]+) (\S.*?) ([0-9-]{10})(?: ([0-9-]{10}))?")
PERSON = (
    "This is the number of a person's identity card; it is not handed in.",
    "A firm's unified social credit code. A person has none: leave the cell empty.",
)


def plain(text: str) -> str:
    """A code without what people put between and behind its characters."""
    return BETWEEN.sub("", COUNTED.sub("", clean(text)).strip())


def masked(text: str) -> str:
    """The text with the numbers of identity cards reduced to their last 4 characters; where somebody put
    spaces or dashes between their digits, the text without those."""
    whole = mask_persons(text)
    closed = plain(text)
    return whole if whole != text or mask_persons(closed) == closed else mask_persons(closed)


def no_person(text: str) -> None:
    """Raise if the text holds the number of a person's identity card."""
    if holds_personal_id(text) or holds_personal_id(plain(text)):
        raise NeedsPerson(*PERSON)


def uscc_of(text: str) -> Found:
    """A unified social credit code. One in 31 identity numbers would pass for one, so that is asked
    first."""
    code, once = plain(text), clean(text)
    if is_personal_id(code):
        raise NeedsPerson(*PERSON)
    if uscc_problem(code) is None:
        return Found(code, "" if code == text.strip() else "the code was cleaned")
    no_person(text)
    if len(SEVERAL.split(once)) > 1 and not COUNTED.search(once):
        raise NeedsPerson("Several codes stand in one cell.", "The code of one holder.")
    if ORGANISATION.fullmatch(code):
        raise NeedsPerson(
            "This is an old organisation code [组织机构代码] of 9 characters.",
            "The unified social credit code of 18 characters, which took its place.",
        )
    if len(code) == 17:
        raise NeedsPerson("A character is missing: there are 17 of 18.", "All 18 characters.")
    mended = code.translate(LOOKALIKES)
    if mended != code and uscc_problem(mended) is None:
        return Found(mended, "O, I or Z was typed for 0, 1 or 2; the check character proves it")
    problem = uscc_problem(code)
    raise Refused(problem.sentence if problem else "", "The code as the business licence shows it.")


def parcel_code_of(text: str) -> Found:
    """A parcel code, or a property unit code, which begins with one. Neither has a check character,
    so that nothing in it is mended but what stands between."""
    code = plain(text)
    if re.fullmatch(f"{PARCEL_FORM}|{PROPERTY_UNIT_FORM}", code):
        return Found(code, "" if code == text.strip() else "the code was cleaned")
    no_person(text)
    if len(SEVERAL.split(clean(text))) > 1:
        raise NeedsPerson("Several codes stand in one cell.", "The code of one parcel.")
    if re.fullmatch(f"{PARCEL_FORM}|{PROPERTY_UNIT_FORM}", _digits_mended(code)):
        raise NeedsPerson(
            "A letter stands where a digit belongs (O, I or Z), and no check character proves which.",
            "The code as the certificate shows it.",
        )
    problem = parcel_code_problem(code)
    raise Refused(problem.sentence if problem else "", "The code as the certificate shows it.")


def _digits_mended(code: str) -> str:
    """The code with O, I and Z taken for digits, but for the two letters of its kind."""
    first, kind, rest = code[:12], code[12:14], code[14:]
    return first.translate(LOOKALIKES) + kind + rest.translate(LOOKALIKES)


def listed_codes_of(text: str) -> Found:
    """Codes of any kind, one on a line: kind, code, first day, and the last day if it is over."""
    return Found([_listed(line.strip()) for line in text.splitlines() if line.strip()])


def _listed(line: str) -> dict[str, str]:
    found = LISTED.fullmatch(line)
    if found is None:
        raise Refused(
            "A line here has the kind of the code, the code and its first day.",
            "parcel_code 330604001002GB00017 2020-01-01, and behind it its last day.",
        )
    kind, value, first, last = found.groups()
    no_person(value)
    said = {"kind": kind, "value": value, "valid_from": first}
    return said | ({"valid_to": last} if last else {})


def industry_of(text: str) -> Found:
    """An industry of GB/T 4754-2017; digits alone get the letter of their section."""
    code = plain(text)
    if code.isascii() and code.isdecimal() and 2 <= len(code) <= 4:
        section = next((s for s, (a, b) in DIVISIONS.items() if a <= code[:2] <= b), "")
        if section:
            return Found(section + code, "the letter of the section was put before it")
    if problem := industry_code_problem(code):
        raise Refused(problem.sentence, "C38 or C3841.")
    return Found(code, "" if code == text.strip() else "the code was cleaned")


def own_id_of(text: str, township: str) -> Found:
    """A township's own id; what begins with no township's code gets that of the row. A long dash is
    read as a dash; a space or a new line within may as well stand between two ids."""
    own = LONG_DASH.sub("-", UNSEEN.sub("", text)).strip()
    no_person(own)
    own = re.sub(r"\s*-\s*", "-", own)
    if re.search(r"\s", own):
        raise NeedsPerson(
            "A space stands in the id; there may be two of them.", "One id, without a space."
        )
    if re.fullmatch(r"[0-9]{9}-[A-Za-z0-9._-]{1,40}", own):
        if township and not own.startswith(township):
            raise NeedsPerson(
                "The id belongs to another township than the row.", f"An id begun with {township}."
            )
        return Found(own, "" if own == text else "spaces or long dashes were replaced")
    if re.fullmatch(r"[A-Za-z0-9._-]{1,40}", own) is None:
        raise Refused(
            "An id has 1 to 40 letters, digits, dots, underscores or dashes.",
            f"{township or 330604006}-0231, or 0231.",
        )
    if not township:
        raise NeedsPerson("Nothing says of which township the id is.", "--township 330604006.")
    return Found(f"{township}-{own}", "the township's code was put before the id")


def several_holders(text: str) -> bool:
    """Whether a name is that of more than one holder: A、B, A/B, A and B one below the other, A等,
    A等3户, A等单位, A及其他; not Example Co., Ltd."""
    return bool(SEVERAL_NAMES.search(text.strip()))
