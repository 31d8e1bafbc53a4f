"""Values as programs have them and as the wire has them: digits, days and moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints, is_typeddict

# what may be given; a figure is never a float, which does not hold its digits
Figure: TypeAlias = Decimal | int | str
Day: TypeAlias = date | str
Moment: TypeAlias = datetime | str  # with its offset


class _LeftOut:
    def __repr__(self) -> str:
        return "LEFT_OUT"


LEFT_OUT: Any = _LeftOut()  # the default of an argument: the service has its own
READ: dict[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def plain(value: Any) -> Any:
    """What is given, as JSON has it."""
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items() if each is not LEFT_OUT}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def read(kind: Any, answer: Any) -> Any:
    """What was answered, as `kind` has it. A field that `kind` does not know stays as it came, so that a
    client may be older than a service."""
    return _reader(kind)(answer)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    if kind in READ:
        return READ[kind]
    if is_typeddict(kind):
        fields = {name: _reader(each) for name, each in get_type_hints(kind).items()}
        return lambda answer: {
            name: fields[name](each) if name in fields else each for name, each in answer.items()
        }
    if get_origin(kind) in (Union, UnionType):
        return _of_several([_reader(each) for each in get_args(kind) if each is not type(None)])
    if get_origin(kind) is list:
        of_item = _reader(get_args(kind)[0])
        return lambda answer: [of_item(each) for each in answer]
    if get_origin(kind) is dict:
        of_value = _reader(get_args(kind)[1])
        return lambda answer: {name: of_value(each) for name, each in answer.items()}
    return _as_it_is


def _of_several(readers: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """One kind or nothing; between several it cannot choose."""
    only = readers[0] if len(readers) == 1 else _as_it_is
    return lambda answer: None if answer is None else only(answer)


def _as_it_is(answer: Any) -> Any:
    return answer
