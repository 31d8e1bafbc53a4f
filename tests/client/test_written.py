"""The types of the client are what the contracts say, whatever a contract says."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest

from cli import typed
from cli.typed.names import Names

MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DIGITS = r"^-?[0-9]+([.][0-9]{1,6})?$"
NINE = "2023-08-01T09:30:00+08:00"
TEXT = {"type": "string"}


def said(*each: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"anyOf": list(each), **more}


@pytest.mark.parametrize(
    ("schema", "given", "answered"),
    [
        (TEXT, "str", "str"),
        (TEXT | {"pattern": r"\S"}, "str", "str"),
        (TEXT | {"pattern": "^[0-9]{9}$"}, "str", "str"),
        (TEXT | {"pattern": DAY, "format": "date"}, "Day", "date"),
        (TEXT | {"pattern": MOMENT}, "Moment", "str"),
        (TEXT | {"pattern": f"{DAY}|{MOMENT}"}, "Day | Moment", "str"),
        (TEXT | {"pattern": DIGITS}, "Figure", "Decimal"),
        (TEXT | {"examples": [NINE]}, "str", "datetime"),
        (said(TEXT, {"type": "null"}, examples=[NINE]), "str | None", "datetime | None"),
        (said({"type": "number"}, TEXT | {"pattern": DIGITS}), "Figure", "float | Decimal"),
        (said({"type": "integer"}, TEXT | {"pattern": "^-?[0-9]{1,12}$"}), "int", "int | str"),
        (said({"type": "null"}, {"type": "boolean"}), "bool | None", "bool | None"),
        ({"enum": ["a", "b", None]}, "Literal['a', 'b'] | None", "Literal['a', 'b'] | None"),
        ({"type": ["string", "null"]}, "str | None", "str | None"),
        ({"type": "array", "items": {"type": "integer"}}, "list[int]", "list[int]"),
        ({"type": "array"}, "list[Any]", "list[Any]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]", "dict[str, int]"),
        ({"type": "object"}, "dict[str, Any]", "dict[str, Any]"),
        ({}, "Any", "Any"),
    ],
)  # fmt: skip
def test_a_part_of_a_contract_has_its_type(schema, given, answered):
    names = Names({})

    assert names.kind(schema, given=True) == given
    assert names.kind(schema, given=False) == answered


def thing(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "title": "Plot",
        "required": ["id"],
        "properties": {"id": TEXT, **fields},
    }


def method(request: Any = None, reply: Any = None, **more: Any) -> dict[str, Any]:
    taken = {"type": "object", "properties": request or {}}
    return {
        "meaning": "It says so.",
        "writes": False,
        "request": taken,
        "reply": reply or thing(),
        **more,
    }


def module(**methods: Any) -> dict[str, Any]:
    """The module that is written for these methods, run."""
    services = {"plots": {"meaning": "Keeps plots.", "methods": methods}}
    every = {"methods": {}}
    written = typed.modules({"services": services, "every_service": every})
    scope: dict[str, Any] = {"__name__": "client.api.plots", "__package__": "client.api"}
    exec(written[typed.HOME / "plots.py"], scope)  # noqa: S102 - it was written a moment ago
    return scope


def test_things_of_one_shape_are_one_type_and_those_of_two_are_named_for_their_methods():
    same = module(get_a=method(), get_b=method())
    other = module(get_a=method(), get_b=method(reply=thing(area={"type": "integer"})))

    assert "Plot" in same
    assert {"GetAPlot", "GetBPlot"} <= other.keys()
    assert "Plot" not in other


def test_what_is_given_may_leave_out_what_the_contract_does_not_ask_for():
    written = module(enter=method(request={"plot": thing(area={"type": "integer"})}, reply=TEXT))

    assert written["Plot"].__annotations__["id"].__forward_arg__ == "str"
    assert written["Plot"].__annotations__["area"].__forward_arg__ == "NotRequired[int]"


@pytest.mark.parametrize("field", ["from", "a-b", "面积"])
def test_a_field_may_have_any_name(field):
    written = module(get_a=method(reply=thing(**{field: TEXT})))

    assert get_type_hints(written["Plot"]) == {"id": str, field: str}


def test_a_thing_may_be_called_as_something_else_is_called():
    reply = thing() | {"title": "Plots"}
    written = module(get_a=method(reply=reply), list_a=method(reply=reply | {"title": "Any"}))

    assert {"GetAPlots", "ListAAny"} <= written.keys()
    assert written["Plots"].name == "plots"


def test_words_of_the_dictionary_cannot_break_the_file():
    described = TEXT | {"description": 'A "quoted"\nword \\ and """ three'}
    written = module(get_a=method(request={"id": described}, reply=thing(x=described)))

    assert "three" in written["Plots"].get_a.__doc__
