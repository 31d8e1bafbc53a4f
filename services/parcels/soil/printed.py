"""Published surveys of the soil [公示], a row of a table each, read as reports.

What is printed is uneven: coordinates in degrees or in degrees, minutes and seconds, a use as a code or
as a word, days of which only the month is known. What was guessed, or is missing, is flagged.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, TypeVar

from backbone.errors import Invalid, Reason
from backbone.records import record
from park.time import months_later

from ..words import LandUse
from .law import DUTIES, PRINTED, PrintedWords
from .reports import Conclusion, Medium, Phase

Word = TypeVar("Word")
MILLIONTH = Decimal("0.000001")
# degrees, and minutes and seconds where there are some: 120.831517°, 120°55′44.449E
ANGLE = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s*[°度]"
    r"(?:\s*(\d{1,2}(?:\.\d+)?)\s*['′分])?"
    r"(?:\s*(\d{1,2}(?:\.\d+)?)\s*(?:[\"″秒]|(?=[EN])))?"
)
DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


@record
class PrintedSurvey:
    """`survey` are the arguments of `record_soil_survey` but for the ids of parcel and report; `lon` and
    `lat` are degrees, `flags` what an office should look at."""

    plot: str
    district: str
    township: str
    area_m2: Decimal | None
    planned_use: LandUse | None
    lon: Decimal | None
    lat: Decimal | None
    survey: Mapping[str, Any]
    flags: tuple[Reason, ...]


def printed_survey(row: Mapping[str, str | None], today: date) -> PrintedSurvey:
    """A row of a table with `COLUMNS`; a column that is not there counts as empty. Raises `Invalid`,
    naming the column, for what cannot be read."""
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    words = PRINTED.on(today)
    lon, lat = _place(given)
    days = {name: _days(given, name) for name in DAY_COLUMNS}
    read = PrintedSurvey(
        plot=given["plot"],
        district=given["district"],
        township=given["township"],
        area_m2=_area(given),
        planned_use=_use(given["planned_use"], words),
        lon=lon,
        lat=lat,
        survey=_survey(given, days, words),
        flags=(),
    )
    flags = tuple(_flags(read, given, days, words, today))
    return PrintedSurvey(**{name: getattr(read, name) for name in FIELDS} | {"flags": flags})


COLUMNS = (
    "plot",
    "district",
    "township",
    "area_m2",
    "planned_use",
    "phase",
    "lon",
    "lat",
    "coordinates_as_printed",
    "surveyed_from",
    "surveyed_to",
    "publicity_stated",
    "publicity_from",
    "publicity_to",
    "soil_exceeds",
    "groundwater_exceeds",
    "conclusion",
)
FIELDS = tuple(PrintedSurvey.__dataclass_fields__)
DAY_COLUMNS = ("surveyed_from", "surveyed_to", "publicity_from", "publicity_to")
Days = Mapping[str, tuple[date, date] | None]


def _survey(given: Mapping[str, str], days: Days, words: PrintedWords) -> dict[str, Any]:
    """What `record_soil_survey` takes. A survey concludes on its last day."""
    first, last = days["surveyed_from"], days["surveyed_to"]
    concluded = last or first or days["publicity_from"]
    if concluded is None:
        raise _unread(
            "surveyed_to", "Give the month or the day on which the survey ended: 2019-04."
        )
    shown_from, shown_to = days["publicity_from"], days["publicity_to"]
    found = {
        "phase": _meant(given, "phase", words.phases, Phase),
        "conclusion": _meant(given, "conclusion", words.conclusions, Conclusion),
        "concluded_on": concluded[1].isoformat(),
        "surveyed_from": first and first[0].isoformat(),
        "surveyed_to": last and last[1].isoformat(),
        "publicity_from": shown_from and shown_from[0].isoformat(),
        "publicity_to": shown_to and shown_to[1].isoformat(),
        "publicity_days": _number(given["publicity_stated"]),
    }
    told = {name: value for name, value in found.items() if value is not None}
    return told | {"findings": list(_findings(given))}


def _findings(given: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """`yes 氨氮` is a substance above its limit; `no` and nothing are none."""
    for medium in Medium:
        said, _, substances = given[f"{medium.value}_exceeds"].partition(" ")
        if said.lower() in ("yes", "是"):
            for substance in re.split(r"[,、;，]\s*", substances or "not named"):
                yield {"medium": medium.value, "substance": substance, "exceeded": True}


def _meant(
    given: Mapping[str, str], column: str, pairs: Sequence[tuple[str, Word]], known: Iterable[Any]
) -> Word:
    meant = _by_word(given[column].lower(), pairs)
    if meant is None:
        raise _unread(column, f"Say which it is: {', '.join(known)}, or a word of the rulebook.")
    return meant


def _by_word(text: str, pairs: Sequence[tuple[str, Word]]) -> Word | None:
    return next((meant for word, meant in pairs if word in text), None)


def _use(text: str, words: PrintedWords) -> LandUse | None:
    """By its code, which comes first (`0704`), else by its words."""
    code = re.match(r"\d{4,6}", text)
    by_code = words.use_codes.get(code.group()[:2]) if code else None
    return by_code or _by_word(text, words.use_words)


def _area(given: Mapping[str, str]) -> Decimal | None:
    return _decimal(given, "area_m2") if given["area_m2"] else None


def _decimal(given: Mapping[str, str], column: str) -> Decimal:
    try:
        return Decimal(given[column])
    except InvalidOperation:
        raise _unread(column, "Give a plain decimal: 38668.6.") from None


def _number(text: str) -> int | None:
    """`15天` and `15` are 15."""
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else None


def _days(given: Mapping[str, str], column: str) -> tuple[date, date] | None:
    """The first and the last day that are meant: of a month all of it."""
    text = given[column]
    if not text:
        return None
    found = DAY.fullmatch(text)
    try:
        year, month = (int(found.group(number)) for number in (1, 2)) if found else (0, 0)
        if found and found.group(3):
            day = date(year, month, int(found.group(3)))
            return day, day
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        raise _unread(column, "Give a day or a month: 2019-04-30 or 2019-04.") from None


def _place(given: Mapping[str, str]) -> tuple[Decimal | None, Decimal | None]:
    """Longitude and latitude as printed, else as the columns have them."""
    angles = [_degrees(found) for found in ANGLE.finditer(given["coordinates_as_printed"])]
    if len(angles) == 2:
        return max(angles), min(angles)  # here a longitude is the greater one
    if not given["lon"] or not given["lat"]:
        return None, None
    return _decimal(given, "lon"), _decimal(given, "lat")


def _degrees(found: re.Match[str]) -> Decimal:
    whole, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    return ((whole * 3600 + minutes * 60 + seconds) / 3600).quantize(MILLIONTH, ROUND_HALF_UP)


def _flags(
    read: PrintedSurvey, given: Mapping[str, str], days: Days, words: PrintedWords, today: date
) -> Iterator[Reason]:
    if read.area_m2 is None:
        yield Reason("AREA_MISSING", "The area is not printed; ask for it.", "area_m2")
    if read.planned_use is None:
        yield Reason(
            "USE_UNKNOWN", "The use is neither a known code nor a known word.", "planned_use"
        )
    if read.lon is None or read.lat is None:
        yield Reason("COORDINATES_MISSING", "The coordinates are not printed.", "lon")
    elif not _lies_within(read.lon, read.lat, words):
        yield Reason(
            "OUTSIDE_DISTRICT", f"The coordinates lie outside {words.district}; check them.", "lon"
        )
    if read.district != words.district:
        yield Reason("OTHER_DISTRICT", f"The plot is not one of {words.district}.", "district")
    for column, meant in days.items():
        if meant and meant[0] != meant[1]:
            yield Reason("MONTH_ONLY", f"Of {given[column]} only the month is printed.", column)
    yield from _late_publicity(days, today)


def _lies_within(lon: Decimal, lat: Decimal, words: PrintedWords) -> bool:
    return words.lon_from <= lon <= words.lon_to and words.lat_from <= lat <= words.lat_to


def _late_publicity(days: Days, today: date) -> Iterator[Reason]:
    """A survey that was published years after it was made."""
    ended, shown = days["surveyed_to"], days["publicity_from"]
    good_for = DUTIES.on(today).survey_good_for_years
    if ended and shown and shown[0] > months_later(ended[1], 12 * good_for):
        yield Reason(
            "PUBLISHED_LATE",
            f"The survey ended more than {good_for} years before it was published.",
            "publicity_from",
        )


def _unread(column: str, sentence: str) -> Invalid:
    return Invalid([Reason("INVALID", sentence, field=column)])
