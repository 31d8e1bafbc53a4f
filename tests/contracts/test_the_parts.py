"""A service is put together of a part for each thing; no part takes another one's method away."""

from __future__ import annotations

import pytest

from services.installation import HOMES, classes


def hidden(cls: type) -> list[str]:
    """What two parts of a class both define, though neither builds on the other."""
    parts = [part for part in cls.__mro__[1:] if part is not object]
    return [
        f"{first.__name__} and {second.__name__}: {name}"
        for number, first in enumerate(parts)
        for second in parts[number + 1 :]
        if not issubclass(first, second)
        for name in sorted(vars(first).keys() & vars(second).keys())
        if not name.startswith("__")
    ]


@pytest.mark.parametrize("cls", classes(HOMES), ids=lambda cls: cls.name)
def test_no_part_of_a_service_hides_a_method_of_another_one(cls):
    assert hidden(cls) == []


def test_two_parts_with_a_method_of_one_name_are_noticed():
    one, other = type("One", (), {"hear": 1}), type("Other", (), {"hear": 2})

    assert hidden(type("Service", (one, other), {})) == ["One and Other: hear"]
