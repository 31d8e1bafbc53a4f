"""Rules that a county may change: which edition is in force, and what is said of one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from park.rulebook import Rulebook


@dataclass(frozen=True)
class Fee:
    per_m2_cny: int


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "2023-08-01.toml").write_text("per_m2_cny = 3")
    (tmp_path / "2024-01-01.toml").write_text("per_m2_cny = 4")
    return tmp_path


@pytest.mark.parametrize(
    ("day", "fee"),
    [
        (date(2020, 1, 1), 3),  # before the first edition, the first one
        (date(2023, 8, 1), 3),
        (date(2023, 12, 31), 3),
        (date(2024, 1, 1), 4),
        (date(2030, 1, 1), 4),
    ],
)
def test_an_edition_is_in_force_from_its_first_day_until_the_next_one(folder, day, fee):
    assert Rulebook(folder, Fee).on(day) == Fee(fee)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("2025-01-01.toml", "per_m2 = 3", "per_m2_cny"),
        ("2025-01-01.toml", 'per_m2_cny = "three"', "per_m2_cny"),
        ("2025-01-01.toml", "per_m2_cny = ", "Invalid value"),
        ("january.toml", "per_m2_cny = 3", "first day"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_is_wrong(folder, name, text, named):
    (folder / name).write_text(text)

    with pytest.raises(ValueError, match=rf"{name}: .*{named}"):
        Rulebook(folder, Fee)


def test_a_topic_without_an_edition_is_refused_at_the_start(tmp_path):
    with pytest.raises(ValueError, match="first day"):
        Rulebook(tmp_path / "fees", Fee)
