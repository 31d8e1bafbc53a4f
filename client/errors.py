"""What a call may come back with instead of an answer, by what can be done about it.

==================  ======================================  ==================================
raised              what it says                            what to do
==================  ======================================  ==================================
`Invalid`           an argument is missing or of no form    correct it
`Refused`           a rule says no                          wait until the reason is gone
`NotFound`          there is no such thing                  wait until there is
`Unavailable`       a service, store or broker is away      later, with the same `request_id`
`DeadlineExceeded`  no answer in time                       again, with the same `request_id`
`Damaged`           the store holds what cannot be read     have an operator look
`MethodNotFound`,   this is no call of that service         bring client and services to one
`MalformedRequest`                                          version
`Defect`            a fault of the service                  tell those who run it
==================  ======================================  ==================================

`NotFound` is a kind of `Refused`, and all are kinds of `CallError`.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Reason(NamedTuple):
    """Why: a stable code for programs, the field it is about, and what would be right."""

    code: str
    field: str | None
    sentence: str

    def __str__(self) -> str:
        return f"{self.code}{f' ({self.field})' if self.field else ''}: {self.sentence}"


class CallError(Exception):
    """A call that has no answer. `reasons` may be empty; `answer` is what the service sent, if it did;
    `request_id` is the one to call again with, if the call writes."""

    def __init__(self, sentence: str, answer: dict[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.answer = answer or {}
        self.reasons = reasons_of(next(iter(self.answer.get("exc_args") or ()), None))
        self.request_id: str | None = None


class Invalid(CallError):
    """An argument is missing, misspelt or of the wrong form."""


class Refused(CallError):
    """The call is well formed, and a rule says no."""


class NotFound(Refused):
    """There is no such thing, or was none at `as_of`."""


class Unavailable(CallError):
    """A service, its store or the broker is away. A write may have happened."""


class DeadlineExceeded(CallError):
    """No answer came in time. A write may have happened."""


class Damaged(CallError):
    """What the store holds of the thing cannot be read."""


class MethodNotFound(CallError):
    """The service has no such method."""


class MalformedRequest(CallError):
    """The message is no call."""


class Defect(CallError):
    """A fault of the service."""


CLASSES: dict[str, type[CallError]] = {
    each.__name__: each
    for each in (
        Invalid,
        Refused,
        NotFound,
        Unavailable,
        DeadlineExceeded,
        Damaged,
        MethodNotFound,
        MalformedRequest,
    )
}


def raised(answer: dict[str, Any]) -> CallError:
    """The error that an answer tells of."""
    named = str(answer.get("exc_type"))
    cls = CLASSES.get(named, Defect)
    sentence = str(answer.get("value"))
    return cls(f"{named}: {sentence}" if cls is Defect else sentence, answer)


def reasons_of(told: Any) -> tuple[Reason, ...]:
    """The reasons of an answer or a receipt; none where it has none."""
    listed = told if isinstance(told, list) else []
    return tuple(
        Reason(str(each.get("code")), each.get("field"), str(each.get("sentence")))
        for each in listed
        if isinstance(each, dict)
    )
