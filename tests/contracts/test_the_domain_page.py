"""docs/domain.md has a sentence for every reason that the park's rules can answer with."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "domain.md").read_text("utf-8")
CODE = r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+"


def reasons() -> set[str]:
    """The codes that stand in rules: the first argument of a reason."""
    sources = [*ROOT.glob("services/**/*.py"), *ROOT.glob("park/*.py")]
    made = re.compile(rf'\b(?:Reason|Why|_?reason|_?no|_?problem|_?against)\(\s*"({CODE})"')
    return {code for file in sources for code in made.findall(file.read_text("utf-8"))}


def test_every_reason_has_its_sentence():
    assert reasons()
    assert sorted(reasons() - set(re.findall(f"`({CODE})`", PAGE))) == []


def test_no_sentence_is_left_of_a_reason_that_is_gone():
    code = "\n".join(
        file.read_text("utf-8")
        for folder in ("services", "park", "backbone")
        for file in (ROOT / folder).rglob("*.py")
    )

    assert [known for known in re.findall(f"`({CODE})`", PAGE) if f'"{known}"' not in code] == []
