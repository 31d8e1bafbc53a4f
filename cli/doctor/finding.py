"""What a look at one part of an installation finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "look", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is `well`, `look` for what works and should be seen to, or `broken`; `remedy` what to do."""

    subject: str
    state: State
    said: str
    remedy: str = ""
