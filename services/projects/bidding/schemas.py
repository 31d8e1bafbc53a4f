"""The contract of a bidding that is tried out: the form in which the cases of a bidding are written down."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import LARGEST_CNY, Amount, Day, Flag, Moment, Reference, Text, Tuple
from park.time import PARK_TIME

from . import model

MOST_BIDS, LONGEST_NAME = 1000, 60
UNITS = {"万元": Decimal(10_000), "元": Decimal(1)}
NEEDED = ("start", "step", "end")


class ParkMoment(Moment):
    """A moment; one without an offset is the park's time: `2025-04-10T10:00`."""

    default_error_messages = dict.fromkeys(
        ("invalid", "invalid_awareness", "format"),
        "Give the moment in the park, 2025-04-10T10:00, or with its offset.",
    )

    def json_schema(self) -> dict[str, Any]:
        with_offset = super().json_schema()
        return with_offset | {"pattern": with_offset["pattern"].removesuffix("$") + "?$"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> datetime:
        if (
            isinstance(value, str)
            and "+" not in value
            and value.count("-") == 2
            and value[-1] != "Z"
        ):
            local = super()._deserialize(f"{value}+08:00", attr, data, **more)
            return local.replace(tzinfo=PARK_TIME)
        return super()._deserialize(value, attr, data, **more)


class Price(Amount):
    """An amount in the unit of the request."""

    largest, asked, most_places = LARGEST_CNY, "price", 6


class BidGiven(fields.Field[Any]):
    """A bid as `[bidder, moment, price]`: `["A", "2025-04-02T10:00", "1361"]`. Loads to the three."""

    parts: tuple[Any, ...] = (Reference(LONGEST_NAME), ParkMoment(), Price())

    def json_schema(self) -> dict[str, Any]:
        name, moment, price = (each.json_schema() for each in self.parts)
        return _listed(name | {"maxLength": LONGEST_NAME}, moment, price)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[str, datetime, Decimal]:
        if not isinstance(value, list | tuple) or len(value) != len(self.parts):
            raise ValidationError(
                'Give [bidder, moment, price]: ["A", "2025-04-02T10:00", "1361"].'
            )
        name, moment, price = (
            part.deserialize(each) for part, each in zip(self.parts, value, strict=True)
        )
        return name, moment, price


class FrozenGiven(fields.Field[Any]):
    """When the bidding was frozen and when repaired, as `[from, to]` or a list of such; `to` is null while
    nobody has repaired it. Loads to `Freeze`s."""

    part = ParkMoment()

    def json_schema(self) -> dict[str, Any]:
        moment = self.part.json_schema()
        pair = _listed(moment, {"anyOf": [moment, {"type": "null"}]})
        return {"anyOf": [pair, {"type": "array", "items": pair, "maxItems": MOST_BIDS}]}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[model.Freeze, ...]:
        if not isinstance(value, list | tuple) or len(value) > MOST_BIDS:
            raise ValidationError("Give [from, to], or a list of such pairs.")
        is_one = any(each is None or isinstance(each, str) for each in value)
        return tuple(self._freeze(pair) for pair in ([value] if is_one else value))

    def _freeze(self, pair: Any) -> model.Freeze:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise ValidationError('Give [from, to]: ["2025-04-10T09:40", "2025-04-10T10:10"].')
        first, last = pair
        frozen_at: Any = self.part.deserialize(first)
        repaired_at = None if last is None else self.part.deserialize(last)
        if repaired_at and repaired_at < frozen_at:
            raise ValidationError("The second moment, of the repair, is not before the first.")
        return model.Freeze(frozen_at=frozen_at, repaired_at=repaired_at)


def _listed(*parts: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list of just these."""
    bounds = {"minItems": len(parts), "maxItems": len(parts)}
    return {"type": "array", "prefixItems": list(parts)} | bounds


def _amount() -> Any:
    return Price(load_default=None, allow_none=True)


def _moment() -> Any:
    return ParkMoment(load_default=None, allow_none=True)


class JudgeBidding(Contract):
    """Amounts are in `unit`, for the whole land. Bids after `end` are those of the auction. A question about
    a freeze alone needs `frozen`, and `end` for what is left then."""

    place = Text(60, load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)
    unit = fields.Str(load_default="万元", validate=validate.OneOf(list(UNITS)))
    start = _amount()
    step = _amount()
    auction_step = _amount()
    multiples = Flag(load_default=None, allow_none=True)
    begin = _moment()
    end = _moment()
    bids = Tuple(BidGiven(), load_default=(), validate=validate.Length(max=MOST_BIDS))
    auction_silent = Flag(load_default=False)
    numbers = Tuple(
        Reference(60), load_default=None, allow_none=True, validate=validate.Length(max=MOST_BIDS)
    )
    reserve = _amount()
    reserve_entered_at = _moment()
    frozen = FrozenGiven(load_default=())
    applied_on = Day(load_default=None, allow_none=True)
    bond_refused_on = Day(load_default=None, allow_none=True)

    @validates_schema
    def there_is_something_to_judge(self, data: dict[str, Any], **_: Any) -> None:
        if data["frozen"] and not data["bids"] and data["start"] is None:
            return
        why = ["A bidding has a start, a step and an end; give this one."]
        if missing := {name: why for name in NEEDED if data[name] is None}:
            raise ValidationError(missing)

    @validates_schema
    def listing_begins_first(self, data: dict[str, Any], **_: Any) -> None:
        if data["begin"] and data["end"] and data["begin"] >= data["end"]:
            raise ValidationError("The listing ends after it begins.", "end")


class RefusedBid(TypedDict):
    """`right_price` is the lowest price from that of the bid on that would have counted; none where no price
    would."""

    index: int
    bidder: str
    bid_at: datetime
    price: Decimal
    right_price: Decimal | None
    code: str
    sentence: str
    source: str | None


class BiddingStep(TypedDict):
    code: str
    sentence: str
    source: str | None


class BiddingDay(TypedDict):
    """The last lawful day of a step; none where the calendar of working days is missing."""

    step: str
    day: date | None
    sentence: str
    source: str


class JudgedBidding(TypedDict):
    """How a bidding comes out. `refused` are the places of the refused bids among those handed in, from 0;
    `starts_at` and `opens_at_price` are those of the auction; `ends_at` is when the bidding ended."""

    place: str
    rules_of: date
    rules: str
    unit: str
    outcome: model.BiddingOutcome | None
    winner: str | None
    price: Decimal | None
    highest: Decimal | None
    refused: list[int]
    refusals: list[RefusedBid]
    listing_ends_at: datetime | None
    starts_at: datetime | None
    opens_at_price: Decimal | None
    ends_at: datetime | None
    resume_not_before: datetime | None
    told_by: datetime | None
    extended_to_at_least: datetime | None
    extended_to_at_most: datetime | None
    remaining_at_most_minutes: int | None
    path: list[BiddingStep]
    deadlines: list[BiddingDay]
