"""What can go wrong with a message or a call, sorted by what is to be done about it.

====================  =========================  ==============================
raised                a township's event         a call, or a service's fact
====================  =========================  ==============================
`Invalid`             refused, with a receipt    the caller is told; parked
`Refused`             refused, with a receipt    the caller is told; parked
`Permanent`           parked at once             the caller is told; parked
`Unavailable`         held until it is back      the caller is told; held
anything else         tried again, then parked   the caller is told; tried again
====================  =========================  ==============================

Plain Python: rules and models may import this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from .plain import snake


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was refused, for a person and for a program.

    `code` is stable and upper case (`ART66_NOT_REMOVED`); `sentence` says what was wrong and what
    would be right; `field` is the path in the input (`data.area_m2`); `source` cites the rule.
    """

    code: str
    sentence: str
    field: str | None = None
    source: str | None = None

    def as_dict(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value is not None}


class Answered(Exception):
    """An error whose reasons travel to the one who asked, as JSON in `args[0]`."""

    def __init__(self, reasons: Iterable[Reason | dict[str, Any]]) -> None:
        self.reasons = tuple(r if isinstance(r, Reason) else Reason(**r) for r in reasons)
        super().__init__([reason.as_dict() for reason in self.reasons])

    def __str__(self) -> str:
        return "; ".join(
            f"{r.code}{f' ({r.field})' if r.field else ''}: {r.sentence}" for r in self.reasons
        )


class Invalid(Answered):
    """The input cannot be read as what it says it is."""


class Refused(Answered):
    """The input is well formed, and a rule says no."""


class NotFound(Refused):
    """There is no such thing."""

    @classmethod
    def of(cls, kind: str, field: str) -> NotFound:
        return cls([Reason("NOT_FOUND", f"There is no {kind} of that id.", field=field)])

    @classmethod
    def of_type(cls, thing: type, field: str) -> NotFound:
        return cls.of(snake(thing.__name__).replace("_", " "), field)


class Permanent(Exception):
    """Another try cannot help: park the message for a person to look at."""


class Damaged(Permanent):
    """What the store holds under a key cannot be read; the sentence names the thing and the key."""

    def __init__(self, kind: str, identity: str, key: str, problem: Exception) -> None:
        self.kind, self.identity = kind, identity
        super().__init__(
            f"The {kind} {identity} cannot be read: what Redis holds under the key {key} is damaged "
            f"({problem}). Mend it or bring it back from a backup, then do this again."
        )


class Unavailable(Exception):
    """Something that the work depends on is down: hold the work until it is back."""


class DeadlineExceeded(Exception):
    """A handler or a call ran longer than it may."""

    # no `TimeoutError`: the store's client, if interrupted, would take that for an outage of the store


# what a caller may hear of by name; a kind of one of them is told as that one
TOLD = (Invalid, Refused, NotFound, Unavailable, DeadlineExceeded, Damaged)


def told_as(problem: BaseException) -> type[BaseException]:
    """The type as which a caller hears of it: the nearest one that the contracts list, else its own."""
    return next((cls for cls in type(problem).__mro__ if cls in TOLD), type(problem))
