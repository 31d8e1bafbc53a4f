"""What may be recorded and asked of contests, and the facts that they follow."""

from __future__ import annotations

from typing import Any, TypedDict

from marshmallow import fields, post_load, validate

from backbone.messages.contract import Contract, Fact
from park.fields import Day, Flag, Id, Moment, MoneyCny, Reference, Text, TownshipCode, Tuple
from park.fields import WholeNumber as Whole

from ..platforms.schemas import PlainId
from ..talents.schemas import Evidence, PersonId
from . import contest
from .contest import GuestsKind
from .entry import ContestEntry

MOST_NAMES, MOST_COUNTED, MOST_MONTHS = 50, 10**6, 120
SOME = validate.Length(max=MOST_NAMES)
YEAR = validate.Range(2000, 2100, error="Give a whole number from {min} to {max}.")
COUNT = validate.Range(1, MOST_COUNTED, error="Give a whole number from {min} to {max}.")
MONTHS = validate.Range(1, MOST_MONTHS, error="Give a whole number from {min} to {max}.")


class StageHeard(Fact):
    project_id = fields.Str(required=True)


class RoundOfContest(Contract):
    contest_round = Text(40, required=True)
    city = Text(40, required=True)
    held_on = Day(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> contest.ContestRound:
        return contest.ContestRound(**data)


class PrizeOfContest(Contract):
    """With `settle_within_months` the winner settles here within so many months."""

    prize = Text(40, required=True)
    prize_cny = MoneyCny(load_default=None, allow_none=True)
    settle_within_months = Whole(load_default=None, allow_none=True, validate=MONTHS)
    prize_condition = Text(200, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> contest.ContestPrize:
        return contest.ContestPrize(**data)


class RecordContest(Contract):
    """The whole of what is known of a contest or another meeting; it takes the place of what was said of it
    before. Loads to `contest_id` and `report`, the fields of a `ContestReport`."""

    contest_id = PlainId(required=True)
    name = Text(100, required=True)
    contest_kind = Text(40, required=True)
    contest_year = Whole(required=True, validate=YEAR)
    begins_on = Day(required=True)
    cities = Tuple(
        Text(40),
        required=True,
        validate=validate.Length(1, MOST_NAMES, error="Give 1 to 50 cities."),
    )
    contest_rounds = Tuple(fields.Nested(RoundOfContest), load_default=(), validate=SOME)
    contest_tracks = Tuple(Text(40), load_default=(), validate=SOME)
    prizes = Tuple(fields.Nested(PrizeOfContest), load_default=(), validate=SOME)
    guests = Whole(load_default=None, allow_none=True, validate=COUNT)
    guests_kind = fields.Enum(GuestsKind, by_value=True, load_default=GuestsKind.EXACT)
    cost_cny = MoneyCny(zero=True, load_default=None, allow_none=True)
    document = Reference(200, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        return {"contest_id": report.pop("contest_id"), "report": report}


class RecordContestEntry(Contract):
    """The whole of what is known of an entry: its result, and the application and the project (or lead) that
    came of it; the same id again corrects it. Loads to `contest_entry_id`, `contest_id` and `report`, the
    fields of an `EntryReport`."""

    contest_entry_id = PlainId(required=True)
    contest_id = PlainId(required=True)
    contest_track = Text(40, load_default=None, allow_none=True)
    contest_round = Text(40, load_default=None, allow_none=True)
    city = Text(40, load_default=None, allow_none=True)
    person_id = PersonId(load_default=None, allow_none=True)
    enterprise_id = Id(load_default=None, allow_none=True)
    contest_rank = Whole(load_default=None, allow_none=True, validate=COUNT)
    prize = Text(40, load_default=None, allow_none=True)
    won_on = Day(load_default=None, allow_none=True)
    talent_application_id = PlainId(load_default=None, allow_none=True)
    project_id = PlainId(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)
    evidence_ids = Evidence(required=True)
    revoked = Flag(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        about = {name: report.pop(name) for name in ("contest_entry_id", "contest_id")}
        return about | {"report": report}


class YieldAsked(Contract):
    """One contest, or all of them; `on` is today unless a day is given, `known_at` is now."""

    contest_id = PlainId(load_default=None, allow_none=True)
    contest_kind = Text(40, load_default=None, allow_none=True)
    contest_year = Whole(load_default=None, allow_none=True, validate=YEAR)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class EntryKept(TypedDict):
    """`warnings` refuse nothing; they are for a person to look at."""

    contest_entry: ContestEntry
    warnings: list[dict[str, str]]
