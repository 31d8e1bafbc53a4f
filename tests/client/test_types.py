"""What a program gives and gets has types: a mistake shows before anything is sent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_type_hints, is_typeddict

import pytest

from client.api import Services

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "client.md").read_text("utf-8")
RIGHT = PAGE.split("```python\n")[1].split("```")[0]
TOWNSHIP = PAGE.split("```python\n")[2].split("```")[0]
WRONG = {
    'park.parcels.get_parcel(parcel="x")': 'Unexpected keyword argument "parcel"',
    "park.parcels.get_parcel(parcel_id=1)": 'incompatible type "int"; expected "str"',
    'park.parcels.list_parcels(order="size")': "has incompatible type",
    'park.parcels.list_parcels(filter={"colour": "red"})': 'Extra key "colour"',
    'plot["area"]': 'has no key "area"',
    'day: str = plot["surveyed"]': "Incompatible types in assignment",
    "park.parcels.sell()": 'has no attribute "sell"',
    "park.projects.record_bond(listing_id='l', application_id='a', amount_cny=1.5)": 'type "float"',
}


def test_a_program_with_the_client_is_checked_under_strict(tmp_path):
    program = tmp_path / "program.py"
    right = TOWNSHIP + RIGHT
    program.write_text(right + "".join(f"    {line}\n" for line in WRONG))

    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", program],
        cwd=ROOT,
        text=True,
        capture_output=True,
    )

    first = right.count("\n")
    said = [line for line in checked.stdout.splitlines() if ": error:" in line]
    lines = {int(line.split(":")[1]) for line in said}
    assert lines == set(range(first + 1, first + 1 + len(WRONG))), checked.stdout
    for error, sentence in zip(WRONG, WRONG.values(), strict=True):
        assert sentence in checked.stdout, error


@pytest.mark.parametrize("service", ["parcels", "enterprises", "projects", "notify"])
def test_every_type_of_a_service_can_be_read_when_an_answer_comes(service):
    module = sys.modules[type(getattr(_services(), service)).__module__]

    things = [each for each in vars(module).values() if is_typeddict(each)]
    assert things
    assert all(set(get_type_hints(each)) == set(each.__annotations__) for each in things)


def _services() -> Services:
    services = Services()
    services._caller = None  # type: ignore[assignment]
    return services
