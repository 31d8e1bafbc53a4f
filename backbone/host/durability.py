"""The store is looked at: whether it keeps what it is given, and whether it is the one that we had."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from redis.exceptions import ResponseError

from .. import metrics
from ..amqp.connection import CONNECTION_ERRORS
from ..errors import Unavailable
from ..logs import log, said
from ..records import record
from ..settings import Settings
from ..store.redis import Forgotten, connect
from .birth import Birth, Origin
from .health import Health

CLOSELY_EVERY_S = 60
RISKS = {
    "no_append_file": "Redis keeps no append-only file: what it has is lost when it ends. Set "
    "appendonly yes.",
    "late_write": "Redis answers before its file is written: a crash loses the last commits. Set "
    "appendfsync always, and no-appendfsync-on-rewrite no.",
    "evicts": "Redis drops data when its memory is full. Set maxmemory-policy noeviction.",
    "unconfirmed": "No replica has to have a commit before it counts: a Redis that takes over may lack "
    "the last ones. Set REPLICAS_CONFIRM=1.",
    "unknown": "Redis does not let us read whether it keeps its data. Allow INFO.",
    "unrecorded": "The broker's user may not declare the record of the store: a Redis that is empty "
    r"at a start passes for a new one. Let the user configure, read and write ^[a-z]+\.store.",
}
# as Redis says of itself, it may lose something
FORGETS = frozenset({"no_append_file", "late_write", "evicts"})
SYNC = "appendfsync"
# with yes even `always` waits while the file is made anew
NOT_ON_REWRITE = "no-appendfsync-on-rewrite"
UNSEEN = (
    f"Whether Redis writes its file before it answers ({SYNC} always) was not seen from here: this user may "
    "not read settings, among which a Redis with replicas has their password."
)
REFUSED = "Nothing is taken meanwhile. With STORE_AT_RISK=serve it is, and may be lost."


@record
class Sight:
    """What of `RISKS` holds for a Redis, and whether it let us read `SYNC`, too."""

    risks: frozenset[str] = frozenset()
    is_whole: bool = True


def look_at(redis: Any, url: str) -> Sight:
    """How this Redis is set. What it does not let us read is left out, as `unknown`; that its settings may
    not be read is no risk. Of a store in memory nothing is said: a process that starts on one says so."""
    if url.startswith("memory://"):
        return Sight()
    found: set[str] = set()
    is_whole = True
    try:
        if not redis.info("persistence")["aof_enabled"]:
            found.add("no_append_file")
        if redis.info("memory")["maxmemory_policy"] != "noeviction":
            found.add("evicts")
    except ResponseError:
        found.add("unknown")
    try:
        told = redis.config_get(SYNC, NOT_ON_REWRITE)
        if told.get(SYNC) != "always" or told.get(NOT_ON_REWRITE) != "no":
            found.add("late_write")
    except ResponseError:
        is_whole = False
    return Sight(risks=frozenset(found), is_whole=is_whole)


class StoreWatch:
    """Looks at a service's store now and then, and tells log, metrics and `/readyz` what it sees."""

    def __init__(self, birth: Birth, settings: Settings, health: Health) -> None:
        self.birth, self.health = birth, health
        self.url, self.refuses = settings.redis_url, settings.store_at_risk == "refuse"
        self.zone = settings.zone
        self.redis = connect(self.url, answer_within_s=2, greet=self._greet)
        self.service = birth.service
        self._report = health.reporter("store")
        self._report_refusal = health.reporter("store at risk")
        self._risks: set[str] = set()
        self._closely_at = 0.0
        self._origin: Origin | None = None
        for risk in RISKS:
            metrics.store_at_risk.labels(self.service, risk).set(0)

    def _greet(self, opened: Any) -> None:
        """Over a new connection there may be another Redis than before, or one that is set otherwise."""
        opened.on_connect()
        self._closely_at = 0.0

    def check(self) -> None:
        """Raise `Unavailable` unless the last look found the store that we know, and one to be used."""
        if self.is_shut:
            raise Unavailable(self.birth.problem or self.birth.refusal)

    @property
    def is_shut(self) -> bool:
        """Whether the last look found another store than ours, or one that is not to be used."""
        return bool(self.birth.problem or self.birth.refusal)

    def look(self) -> bool:
        """Look at the mark, and closely over a new connection and once a minute, or each time while the
        store is refused. Raises what Redis raises.

        Answers whether, just now, it is another store than before, or one that is refused.
        """
        try:
            mark = self.redis.get(self.birth.key)
            if mark == self.birth.known and time.monotonic() < self._closely_at:
                return False
            self._closely_at = 0.0
            seen = look_at(self.redis, self.url)
        except Exception:
            self._closely_at = 0.0
            raise
        is_news = self._confirm(mark)
        self._tell_risks({*seen.risks, *self._risks_of_ours()})
        self.health.remark(
            SYNC, "" if seen.is_whole else f"{UNSEEN} An operator sees it: tenglong doctor"
        )
        return self._refuse(seen.risks & FORGETS if self.refuses else frozenset()) or is_news

    def _refuse(self, risks: frozenset[str]) -> bool:
        """Let nothing be read or written while there are such risks. Answers whether that is news."""
        said = [RISKS[risk] for risk in sorted(risks)]
        before, self.birth.refusal = self.birth.refusal, " ".join([*said, REFUSED]) if said else ""
        self._report_refusal(self.birth.refusal or None)
        if self.birth.refusal:
            self._closely_at = 0.0  # it may be mended at any moment
        is_news = bool(self.birth.refusal) and not before
        if is_news:
            log.error("store_refused", service=self.service, problem=self.birth.refusal)
        return is_news

    def _risks_of_ours(self) -> set[str]:
        """What of `RISKS` does not lie with Redis."""
        witness = self.birth.witness
        unconfirmed = witness is not None and not witness.confirmed_by
        said = {"unconfirmed": unconfirmed, "unrecorded": not self.birth.is_recorded}
        return {risk for risk, holds in said.items() if holds}

    def _confirm(self, mark: bytes | None) -> bool:
        try:
            self.birth.confirm(self.redis)
        except Forgotten as problem:
            return self._alarm(str(problem))
        except CONNECTION_ERRORS as problem:
            if mark is None or mark != self.birth.known:
                return self._alarm(f"the broker cannot be asked about the store: {said(problem)}")
        else:
            self._closely_at = time.monotonic() + CLOSELY_EVERY_S
        self.birth.problem = None
        self._report(None)
        if self.birth.known:
            self._tell_origin(Origin.of(self.birth.known))
        metrics.store_forgotten.labels(self.service).set(0)
        return False

    def _tell_origin(self, origin: Origin) -> None:
        """Say of a store that was put back from a copy that it was, until that is settled."""
        if origin == self._origin:
            return
        self._origin = origin
        said = ""
        if origin.copied_at and origin.restored_at:
            restored, copied = map(self._by_the_clock, (origin.restored_at, origin.copied_at))
            said = (
                f"This store was put back at {restored} from a copy of {copied}: what came between is not in "
                "it. tenglong reconcile"
            )
            log.warning("store_restored", service=self.service, remark=said)
        self.health.remark("copy", said)

    def _by_the_clock(self, at: datetime) -> str:
        return at.astimezone(self.zone).isoformat(timespec="seconds")

    def _alarm(self, problem: str) -> bool:
        is_news = self.birth.problem != problem
        self.birth.problem = problem
        self._report(problem)
        metrics.store_forgotten.labels(self.service).set(1)
        if is_news:
            log.error("store_forgotten", service=self.service, problem=problem)
        return is_news

    def _tell_risks(self, found: set[str]) -> None:
        for risk in RISKS:
            metrics.store_at_risk.labels(self.service, risk).set(risk in found)
        for risk in sorted(found - self._risks):
            log.warning("store_at_risk", service=self.service, risk=risk, problem=RISKS[risk])
        self._risks = found
        self.health.remark("store", " ".join(RISKS[risk] for risk in sorted(found)))
