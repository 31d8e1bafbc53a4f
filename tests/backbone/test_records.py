"""A record is a frozen dataclass by keywords, with its five common methods written once."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest

from backbone.records import record


@record
class Flour:
    kind: str
    grams: int = 500
    mills: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    kind: str
    grams: int = 500
    mills: tuple[str, ...] = field(default=())


def test_it_shows_compares_and_hashes_as_a_dataclass_does() -> None:
    rye, same, more = (
        Flour(kind="rye"),
        Flour(kind="rye", grams=500),
        Flour(kind="rye", grams=501),
    )
    assert rye == same
    assert hash(rye) == hash(same)
    assert rye != more
    assert len({rye, same, more}) == 2
    assert repr(rye) == repr(Plain(kind="rye")).replace("Plain", "Flour")


def test_it_equals_nothing_of_another_class() -> None:
    assert Flour(kind="rye") != Plain(kind="rye")
    assert Flour(kind="rye") != ("rye", 500, ())


@pytest.mark.parametrize("name", ["kind", "unknown"])
def test_nothing_of_it_is_set_or_deleted_afterwards(name: str) -> None:
    rye = Flour(kind="rye")
    with pytest.raises(FrozenInstanceError, match=name):
        setattr(rye, name, "wheat")
    with pytest.raises(FrozenInstanceError, match=name):
        delattr(rye, name)
    assert rye.kind == "rye"


def test_it_takes_keywords_alone_and_has_slots() -> None:
    with pytest.raises(TypeError):
        Flour("rye")  # type: ignore[misc]
    assert not hasattr(Flour(kind="rye"), "__dict__")


def test_the_functions_of_dataclasses_work_on_it() -> None:
    rye = Flour(kind="rye", mills=("north",))
    assert [one.name for one in fields(rye)] == ["kind", "grams", "mills"]
    assert replace(rye, grams=2) == Flour(kind="rye", grams=2, mills=("north",))
    assert asdict(rye) == {"kind": "rye", "grams": 500, "mills": ("north",)}


def test_what_a_class_says_itself_is_kept() -> None:
    @record
    class Sealed:
        secret: str

        def __repr__(self) -> str:
            return "Sealed(…)"

        def __eq__(self, other: Any) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    assert repr(Sealed(secret="x")) == "Sealed(…)"
    assert Sealed(secret="x") == 1
    with pytest.raises(TypeError):
        hash(Sealed(secret="x"))


def test_a_field_that_is_not_to_be_shown_or_compared_is_not() -> None:
    @record
    class Login:
        user: str
        password: str = field(repr=False)
        seen: int = field(default=0, compare=False)

    assert "secret" not in repr(Login(user="a", password="secret"))
    assert Login(user="a", password="x", seen=1) == Login(user="a", password="x", seen=2)
    assert Login(user="a", password="x") != Login(user="a", password="y")


def test_records_without_fields_are_alike() -> None:
    @record
    class Nothing:
        pass

    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
