"""The best assignment is the best of all that can be made."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

import pytest

from services.projects.assignment.solver import BestAssignment, best_first


def tried_all(gains: list[dict[int, int]]) -> int:
    """The most that any assignment gains, by trying each of them."""

    @cache
    def most(row: int, used: int) -> int:
        if row == len(gains):
            return 0
        others = [
            gain + most(row + 1, used | 1 << column)
            for column, gain in gains[row].items()
            if not used >> column & 1
        ]
        return max([most(row + 1, used), *others])

    return most(0, 0)


def instance(seed: int) -> list[dict[int, int]]:
    chance = random.Random(seed)
    rows, columns = chance.randint(0, 8), chance.randint(1, 8)
    largest, share = chance.choice([3, 20, 1000]), chance.random()
    return [
        {j: chance.randint(0, largest) for j in range(columns) if chance.random() < share}
        for _ in range(rows)
    ]


def solved(gains: list[dict[int, int]]) -> BestAssignment:
    best = BestAssignment()
    for row in gains:
        best.add(row)
    return best


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_it_is_as_good_as_trying_everything_after_each_row_that_comes(first):
    for seed in range(first, first + 50):
        best, gains = BestAssignment(), instance(seed)
        for number, row in enumerate(gains, 1):
            best.add(row)
            assert best.value == tried_all(gains[:number]), (seed, number)


@pytest.mark.parametrize("seed", range(50))
def test_no_column_is_given_twice_and_none_that_the_row_may_not_have(seed):
    gains = instance(seed)
    best = solved(gains)
    given = [column for column in best.column_of if column is not None]
    assert len(given) == len(set(given))
    assert all(j is None or j in row for j, row in zip(best.column_of, gains, strict=True))


def test_the_order_of_the_rows_changes_no_value():
    for seed in range(50):
        gains = instance(seed)
        assert solved(gains).value == solved(gains[::-1]).value


def test_a_row_moves_on_for_one_that_has_no_other_column():
    gains = [{0: 10, 1: 9}, {0: 8}]
    assert solved(gains).column_of == [1, 0]
    assert best_first(gains) == [0, None]


def test_a_row_goes_without_for_one_that_gains_more():
    assert solved([{0: 5}, {0: 7}]).column_of == [None, 0]
    assert solved([{0: 7}, {0: 5}]).column_of == [0, None]


def test_a_column_that_gains_nothing_is_given_rather_than_none():
    assert solved([{0: 0}]).column_of == [0]


def test_the_greedy_way_is_never_better_and_mostly_worse_somewhere():
    worse = 0
    for seed in range(200):
        gains = instance(seed)
        greedy = sum(
            row[j] for j, row in zip(best_first(gains), gains, strict=True) if j is not None
        )
        assert greedy <= solved(gains).value
        worse += greedy < solved(gains).value
    assert worse > 20


def test_each_further_column_is_worth_no_more_than_the_one_before():
    """Rows that every column may have: what one more is worth does not grow."""
    best, values = BestAssignment(), [0]
    for _ in range(6):
        best.add({0: 9, 1: 4, 2: 7, 3: 1})
        values.append(best.value)
    steps = [after - before for before, after in pairwise(values)]
    assert steps == [9, 7, 4, 1, 0, 0]
