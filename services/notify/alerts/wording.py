"""Values of a fact as they read in a text: areas in both units, townships by name, no codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from park.masking import mask
from park.time import PARK_TIME
from park.townships import find
from park.units import show_mu


def park_time(moment: datetime) -> datetime:
    """The moment as the park's clocks show it."""
    return moment.astimezone(PARK_TIME)


class Words(dict[str, str]):
    """Words for a template; what the fact did not say is a dash, for no alert is lost over it."""

    def __missing__(self, name: str) -> str:
        return "–"


def words(data: Mapping[str, Any], terms: Mapping[str, str], on: date) -> Words:
    """Each value of a fact in words; a list also as `<name>_count`."""
    found = Words({name: _word(name, value, terms, on) for name, value in data.items()})
    found |= {f"{name}_count": str(len(v)) for name, v in data.items() if isinstance(v, list)}
    return found


def fill(template: str, found: Words) -> str:
    """The text, with what looks like a personal or a land code masked."""
    return mask(template.format_map(found).strip())


def township_name(code: str, on: date) -> str:
    """`松厦街道 (330604006)`, or the bare code of one that the list does not know."""
    township = find(code, on)
    return f"{township.name} ({code})" if township else code


def safe(value: Any, name: str = "") -> Any:
    """A value to keep: free text is masked, ids stay whole, for they lead back to the thing."""
    if isinstance(value, str):
        return value if name.endswith(("_id", "_ids")) else mask(value)
    if isinstance(value, Mapping):
        return {key: safe(item, key) for key, item in value.items()}
    return [safe(item, name) for item in value] if isinstance(value, list) else value


def _word(name: str, value: Any, terms: Mapping[str, str], on: date) -> str:
    if value is None:
        return "–"
    if name == "township":
        return township_name(str(value), on)
    if name.endswith("_m2"):
        area = Decimal(str(value))
        return f"{area:,.2f} m² ({show_mu(area)} mu [亩])"
    if name.endswith("_cny"):
        return f"{Decimal(str(value)):,.2f} yuan [元]"
    if isinstance(value, list):
        return _list(value)
    return terms.get(str(value), str(value))


def _list(items: list[Any]) -> str:
    """Reasons by their sentences, anything else as it is."""
    if all(isinstance(item, Mapping) for item in items):
        return " ".join(str(item.get("sentence", item.get("code"))) for item in items)
    return ", ".join(str(item) for item in items)
