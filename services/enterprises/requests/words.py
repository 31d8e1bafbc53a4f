"""The words of the service desk."""

from __future__ import annotations

from enum import StrEnum

WAITS_FOR_RECEIPT = (
    "waits for the receipt of its request"  # said in the receipt of what came before
)


class RequestKind(StrEnum):
    """What a firm meets with: 难点, 堵点, 痛点."""

    DIFFICULTY = "difficulty"
    BLOCKAGE = "blockage"
    PAIN_POINT = "pain_point"


class RequestState(StrEnum):
    """`announced`: something was said of it before its receipt; `reopened`: an answer did not help."""

    ANNOUNCED = "announced"
    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


CLOSED = (RequestState.ANSWERED, RequestState.WITHDRAWN)


class EntryKind(StrEnum):
    """What is said of a request; of one moment the earlier in this list comes first."""

    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    EXTENDED = "extended"
    ANSWERED = "answered"
    RATED = "rated"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"

    @property
    def place(self) -> int:
        return list(EntryKind).index(self)


class Satisfaction(StrEnum):
    SATISFIED = "satisfied"
    PARTLY = "partly_satisfied"
    DISSATISFIED = "dissatisfied"


class Level(StrEnum):
    """How hard a late request is pressed, the mildest first: 催办, 督办."""

    REMINDER = "reminder"
    SUPERVISED = "supervised"


class Unit(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"


class StepEnd(StrEnum):
    """What ends a step of a clock."""

    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
