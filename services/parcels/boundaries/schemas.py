"""The contract of a surveyed boundary, and what may be asked of boundaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Id, TownshipCode, WholeNumber

from ..words import Why
from . import boundary, positions
from .boundary import Crs, GeometryType

Json = dict[str, Any]
MOST_AT_ONCE = 200
FORM = 'Give {"type": "Polygon" or "MultiPolygon", "coordinates": […]} and nothing else.'


def _list_of(items: Json, least: int, **more: Any) -> Json:
    return {"type": "array", "items": items, "minItems": least, **more}


POSITION = _list_of({"type": "number"}, 2, maxItems=2)
POLYGON = _list_of(_list_of(POSITION, 4), 1)
COORDINATES = {GeometryType.POLYGON: POLYGON, GeometryType.MULTI_POLYGON: _list_of(POLYGON, 1)}


class Position(fields.Field[Any]):
    """`[longitude, latitude]` in degrees."""

    def json_schema(self) -> Json:
        return dict(POSITION)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[float]:
        return positions.position(value)


class Degrees(fields.Field[Any]):
    def json_schema(self) -> Json:
        return {"type": "number"}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> float:
        return positions.degrees(value)


class Geometry(fields.Field[Any]):
    """A polygon or several, as GeoJSON has them; `coordinates` are held against `type`."""

    def json_schema(self) -> Json:
        return {"anyOf": [self._of(kind, said) for kind, said in COORDINATES.items()]}

    def _of(self, kind: GeometryType, coordinates: Json) -> Json:
        return {
            "type": "object",
            "title": kind.value,
            "properties": {
                "type": {"type": "string", "enum": [kind.value]},
                "coordinates": coordinates,
            },
            "required": ["type", "coordinates"],
            "additionalProperties": False,
        }

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> boundary.Geometry:
        if not isinstance(value, dict) or value.keys() != {"type", "coordinates"}:
            raise ValidationError(FORM)
        try:
            kind = GeometryType(value["type"])
        except ValueError:
            raise ValidationError({"type": ["Give Polygon or MultiPolygon."]}) from None
        try:
            found = positions.coordinates(kind, value["coordinates"])
        except ValidationError as wrong:
            raise ValidationError({"coordinates": wrong.messages}) from None
        return boundary.Geometry(type=kind, coordinates=found)


class ParcelBoundarySurveyed(Contract):
    """An outline, or only a point. Loads to `parcel_id`, `on`, `crs` and `geometry` or `point`."""

    either = (("geometry", "point"),)  # for its JSON Schema

    parcel_id = Id(required=True)
    geometry = Geometry()
    point = Position()
    crs = fields.Enum(
        Crs,
        by_value=True,
        required=True,
        error_messages={
            "unknown": "Give CGCS2000 or WGS84. GCJ-02, and BD-09 which is made of it, as on vendors' "
            "maps, lie 100 to 700 m off; give the degrees of the survey."
        },
    )
    on = Day(required=True, data_key="surveyed_on")

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def one_is_given(self, _: Any, given: Any, **__: Any) -> None:
        if isinstance(given, dict) and ("geometry" in given) == ("point" in given):
            raise ValidationError("Give either geometry or point.", "geometry")

    @post_load
    def make(self, data: Json, **_: Any) -> Json:
        return {"geometry": None, "point": None} | data


class ParcelsAt(Contract):
    lon = Degrees(required=True)
    lat = Degrees(required=True)


class NeighboursOf(Contract):
    parcel_id = Id(required=True)


class ParcelsFound(TypedDict):
    parcel_ids: list[str]


class BoundariesGeojson(Contract):
    """Points stand for parcels of which nobody surveyed the outline."""

    township = TownshipCode(required=True)
    limit = WholeNumber(
        load_default=50,
        validate=validate.Range(1, MOST_AT_ONCE, error="Give a whole number from {min} to {max}."),
    )
    cursor = fields.Str(load_default=None, allow_none=True)


class Shape(TypedDict):
    """A geometry of GeoJSON: Polygon, MultiPolygon or Point."""

    type: str
    coordinates: list[Any]


class FeatureProperties(TypedDict):
    """What a map shows of a boundary."""

    parcel_id: str
    township: str
    crs: Crs
    area_m2: Decimal | None
    surveyed_on: date
    reasons: list[Why]


class Feature(TypedDict):
    """A boundary as GeoJSON has it."""

    type: str
    id: str
    geometry: Shape
    properties: FeatureProperties


class FeatureCollection(TypedDict):
    """A page of boundaries, which any map reads. Give `cursor` for the next page, if there is one."""

    type: str
    features: list[Feature]
    cursor: str | None
