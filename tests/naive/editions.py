"""Another edition of a rulebook, for the clock of the rules: most topics have one edition as yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from park.rulebook import Rulebook

from . import arrived

LATER = date(2024, 1, 1)  # the first day of the other editions


@contextmanager
def later_editions(
    folder: Path, *changes: tuple[Rulebook[Any], type, str, str, str]
) -> Iterator[None]:
    """From `LATER` on other rules hold, for the services and for the plain list alike. A change names the
    book, its shape, its topic as `<service>/<topic>`, and which words of the newest edition become which."""
    for service in sorted({topic.partition("/")[0] for _, _, topic, _, _ in changes}):
        shutil.copytree(arrived.SERVICES / service / "rulebook", folder / service / "rulebook")
    with pytest.MonkeyPatch.context() as patch:
        for book, shape, topic, old, new in changes:
            service, _, name = topic.partition("/")
            place = folder / service / "rulebook" / name
            text = max(place.glob("*.toml")).read_text("utf-8")
            assert old in text, f"{topic} has no {old}"
            (place / f"{LATER}.toml").write_text(text.replace(old, new), "utf-8")
            patch.setitem(book.editions, LATER, Rulebook(place, shape).editions[LATER])
        patch.setattr(arrived, "SERVICES", folder)
        yield
