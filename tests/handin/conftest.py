"""Files as townships hand them in, and how they are read on a day in 2024."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from handin.rows import Judged
from handin.sheet import Asked, Sheet, sheet_of

TODAY = date(2024, 6, 1)
TOWNSHIP = "330604006"
FIRM_CODE = "91330604XXXX00019D"  # made up; its check character fits
PARCELS = ("宗地编号", "面积（㎡）", "土地用途", "规划用途", "是否在开发区内", "测绘日期")
PARCEL = ("0231", 11781.5, "工业", "工业用地", "是", "2023-07-20")


class Desk:
    """Writes a file, and reads it as `tenglong import` does."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def csv(self, text: str, encoding: str = "utf-8", name: str = "file.csv") -> Path:
        path = self.home / name
        path.write_bytes(text.encode(encoding))
        return path

    def workbook(self, rows: Iterable[Iterable[Any]], name: str = "file.xlsx", **more: Any) -> Path:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        for attribute, value in more.items():
            setattr(book, attribute, value)
        book.save(self.home / name)
        return self.home / name

    def opened(self, path: Path, **asked: Any) -> Sheet:
        return sheet_of(path, Asked(**{"township": TOWNSHIP} | asked), TODAY)

    def judged(self, path: Path, **asked: Any) -> list[Judged]:
        return list(self.opened(path, **asked).judged())

    def parcel(self, more: Mapping[str, Any], **asked: Any) -> Judged:
        """One parcel: a good one, but for the columns that are given."""
        row = dict(zip(PARCELS, PARCEL, strict=True)) | more
        (judged,) = self.judged(self.workbook([row, row.values()]), kind="parcels", **asked)
        return judged


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
