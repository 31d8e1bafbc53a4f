"""What a contract says of input that does not fit: which field, and what would be right."""

from __future__ import annotations

import pytest
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from backbone.errors import Invalid
from backbone.messages.contract import Contract, Fact, load


class Sack(Schema):
    class Meta:
        unknown = RAISE

    weight_kg = fields.Int(required=True)
    sort = fields.Str()


class Cart(Schema):
    class Meta:
        unknown = RAISE

    carter = fields.Str(required=True)
    sacks = fields.List(fields.Nested(Sack))
    first = fields.Nested(Sack)
    left_at = fields.AwareDateTime()
    labels = fields.Dict()


def said(data, path="data"):
    with pytest.raises(Invalid) as refused:
        load(Cart(), data, path)
    return {reason.field: reason.sentence for reason in refused.value.reasons}


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ([], "data", "Give one JSON object."),
        ({}, "data.carter", "It is missing, and required."),
        ({"carter": None}, "data.carter", "It may not be null."),
        ({"carter": 7}, "data.carter", "Give a text."),
        ({"carter": "x", "sacks": 7}, "data.sacks", "Give a list."),
        ({"carter": "x", "sacks": [7]}, "data.sacks.0", "Give one JSON object."),
        ({"carter": "x", "first": 7}, "data.first", "Give one JSON object."),
        ({"carter": "x", "labels": 7}, "data.labels", "Give one JSON object."),
        ({"carter": "x", "first": {"weight_kg": "x"}}, "data.first.weight_kg", "Give a whole number."),
        ({"carter": "x", "left_at": "noon"}, "data.left_at", "Give a moment with its offset: "),
        ({"carter": "x", "left_at": "2023-08-01T09:30"}, "data.left_at", "Give a moment with its "),
        ({"carter": "x", "carrter": 1}, "data.carrter", "Did you mean carter?"),
        ({"carter": "x", "colour": 1}, "data.colour", "There are carter, sacks, first, left_at, labels."),
        ({"carter": "x", "sacks": [{"weight_kg": 1, "srt": 1}]}, "data.sacks.0.srt", "mean sort?"),
        ({"carter": "x", "first": {"weight_kg": 1, "srt": 1}}, "data.first.srt", "mean sort?"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_what_would_be_right(data, field, sentence):
    assert sentence in said(data)[field]


def test_every_near_name_is_offered_for_nobody_knows_which_was_meant():
    class Field(Schema):
        area_m2 = fields.Str()
        area_mu = fields.Str()

    with pytest.raises(Invalid, match="Did you mean area_mu or area_m2"):
        load(Field(), {"area_sqm": "1"})


def test_unknown_fields_are_named_last_and_in_the_order_of_their_names():
    unknown = {f"f{number:02}": 1 for number in range(9)}

    assert list(said(unknown)) == ["data.carter", *(f"data.{name}" for name in unknown)]


def test_the_arguments_of_a_call_are_named_without_a_path():
    assert said({"carrter": 1}, path="").keys() == {"carter", "carrter"}


def test_what_has_nothing_wrong_with_it_is_loaded_without_marshmallow_s_books(monkeypatch):
    class Bag(Contract):
        weight_kg = fields.Int(required=True)
        sort = fields.Str(load_default="rye", data_key="kind")

    monkeypatch.setattr(
        Schema, "_deserialize", lambda *_, **__: pytest.fail("marshmallow was asked")
    )

    assert load(Bag(), {"weight_kg": "25", "kind": "oats"}) == {"weight_kg": 25, "sort": "oats"}
    assert load(Bag(), {"weight_kg": 25}) == {"weight_kg": 25, "sort": "rye"}


def test_a_field_with_ways_of_its_own_reads_what_is_there_as_marshmallow_reads_it():
    class Trimmed(fields.Str):
        def deserialize(self, value, *said, **more):
            return super().deserialize(value.strip() if value else value, *said, **more)

    class Short(fields.Str):
        def _validate(self, value):
            super()._validate(value)
            if len(value) > 3:
                raise ValidationError("too long")

    everything = {
        "trimmed": Trimmed(),
        "short": Short(allow_none=True),
        "before": fields.Int(pre_load=[lambda value: value * 2]),
        "after": fields.Int(post_load=[lambda value: value + 1], validate=validate.Range(max=10)),
        "both": fields.Int(validate=[validate.Range(max=10), validate.Range(min=1)]),
    }
    ours = type("Ours", (Contract,), dict(everything))()
    theirs = type("Theirs", (Schema,), everything | {"Meta": Contract.Meta})()
    right = {"trimmed": " a ", "short": "abc", "before": 2, "after": 10, "both": 5}
    wrong = [{"short": "abcd"}, {"short": None}, {"after": 11}, {"both": 0}, {"both": 11}, {"x": 1}]

    assert ours.load(right)["trimmed"] == "a"
    for data in (right, *wrong, *({name: None} for name in everything)):
        assert _loaded(ours, data) == _loaded(theirs, data)


def _loaded(schema, data):
    try:
        return schema.load(data)
    except ValidationError as problem:
        return problem.messages


def test_a_contract_of_which_a_part_is_nested_reads_that_part_alone():
    class Bag(Contract):
        x = fields.Int()
        y = fields.Int()

    bag = Bag()
    assert bag.load({"x": 1, "y": 2}) == {"x": 1, "y": 2}
    cart = type("Cart", (Contract,), {"bag": fields.Nested(bag, only=("x",))})()

    assert cart.load({"bag": {"x": 1}}) == {"bag": {"x": 1}}
    with pytest.raises(ValidationError):
        cart.load({"bag": {"x": 1, "y": 2}})


def test_of_a_fact_only_the_fields_that_a_listener_names_are_read():
    class LandReleased(Fact):
        parcel_id = fields.Str(required=True)

    assert load(LandReleased(), {"parcel_id": "1", "colour": "red"}) == {"parcel_id": "1"}
    with pytest.raises(Invalid):
        load(LandReleased(), {"colour": "red"})
