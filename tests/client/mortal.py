"""The bakery and the shop of the sample; the shop dies once between what it did and its answer, when
there is a file `dies` beside the counts of tries."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from backbone.rpc.server import RpcServer
from tests.support.sample import FARM as FARM
from tests.support.sample import BakeryService as BakeryService
from tests.support.sample import ShopService as ShopService

_answer = RpcServer._answer


def dying(self: RpcServer, message: Any, method: str, *rest: Any) -> None:
    order = Path(os.environ["TRIES_DIR"]) / "dies"
    if method == "sell" and order.exists():
        order.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    _answer(self, message, method, *rest)


RpcServer._answer = dying  # type: ignore[method-assign]
