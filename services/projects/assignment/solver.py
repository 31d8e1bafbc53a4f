"""The exact best assignment: rows get columns so that the gains add to the most.

The method of successive shortest chains (Hungarian method, as Jonker and Volgenant do it; Computing 38,
1987) with whole numbers, so that it is exact. Rows come one after the other. A new row takes the column of
the best chain of moves: it takes the column of another row, which takes that of a third, until a column
is free or a row goes without. After each row the assignment is the best of all rows so far, so what one
more row is worth is what `add` changes. Each row costs at most rows × columns steps. Why it is our own:
docs/decisions/0022-assignment.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence


class BestAssignment:
    """`column_of[row]` is the column that the row has, none if it goes without. Each row has at most one
    column, each column at most one row.

    The prices of rows and columns prove that nothing is better: for each pair they add to its gain or
    more, for each pair that is made to its gain; what goes without has the price 0, and none is below.
    """

    def __init__(self) -> None:
        self.gains: list[Mapping[int, int]] = []
        self.column_of: list[int | None] = []
        self._row_of: dict[int, int] = {}
        self._row_price: list[int] = []
        self._column_price: defaultdict[int, int] = defaultdict(int)

    @property
    def value(self) -> int:
        """The sum of the gains of all pairs."""
        pairs = enumerate(self.column_of)
        return sum(self.gains[row][column] for row, column in pairs if column is not None)

    def add(self, gains: Mapping[int, int]) -> None:
        """Add a row. `gains` has the gain, 0 or more, of each column that it may have, and no other."""
        row = len(self.gains)
        self.gains.append(gains)
        self.column_of.append(None)
        dearest = max((gain - self._column_price[j] for j, gain in gains.items()), default=0)
        self._row_price.append(max(0, dearest))
        self._settle(row)

    def _settle(self, new: int) -> None:
        """Look for the chain that loses least (Dijkstra); a loss is what prices exceed gains by."""
        row, loss = new, 0
        least_without, without = self._row_price[new], new  # the row that would go without
        seen: dict[int, int] = {}  # the loss of each column that chains may still end with
        taken: dict[int, int] = {}  # of each column whose row had to look for another
        taken_by: dict[int, int] = {}  # the row that takes a column
        while True:
            self._look(row, loss, seen, taken, taken_by)
            loss, column = min(((each, j) for j, each in seen.items()), default=(0, -1))
            if column < 0 or loss > least_without:
                self._change_prices(new, least_without, taken)
                return self._move(self._give_up(without), taken_by, new)
            if column not in self._row_of:
                self._change_prices(new, loss, taken)
                return self._move(column, taken_by, new)
            taken[column] = seen.pop(column)
            row = self._row_of[column]
            if loss + self._row_price[row] < least_without:
                least_without, without = loss + self._row_price[row], row

    def _look(
        self,
        row: int,
        loss: int,
        seen: dict[int, int],
        taken: dict[int, int],
        taken_by: dict[int, int],
    ) -> None:
        """Note each column that is reached with less loss by way of this row."""
        spent = loss + self._row_price[row]
        for column, gain in self.gains[row].items():
            if column not in taken:
                its_loss = spent + self._column_price[column] - gain
                if column not in seen or its_loss < seen[column]:
                    seen[column], taken_by[column] = its_loss, row

    def _change_prices(self, new: int, loss: int, taken: Mapping[int, int]) -> None:
        """So that the pairs of the chain lose nothing, and no other pair gains."""
        self._row_price[new] -= loss
        for column, before in taken.items():
            self._row_price[self._row_of[column]] -= loss - before
            self._column_price[column] += loss - before

    def _give_up(self, row: int) -> int | None:
        """The row goes without; its column, which is free then."""
        column, self.column_of[row] = self.column_of[row], None
        return column

    def _move(self, column: int | None, taken_by: Mapping[int, int], new: int) -> None:
        """Each row of the chain takes the column that it reached, from the last to the new one."""
        while column is not None:
            row = taken_by[column]
            before = self.column_of[row]
            self.column_of[row], self._row_of[column] = column, row
            column = None if row == new else before


def best_first(gains: Sequence[Mapping[int, int]]) -> list[int | None]:
    """The greedy way, for comparison: the pair of the greatest gain first, then the next that is free."""
    pairs = [(-gain, row, column) for row, of in enumerate(gains) for column, gain in of.items()]
    column_of: list[int | None] = [None] * len(gains)
    used: set[int] = set()
    for _, row, column in sorted(pairs):
        if column_of[row] is None and column not in used:
            column_of[row] = column
            used.add(column)
    return column_of
