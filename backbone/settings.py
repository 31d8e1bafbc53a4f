"""Settings from the environment, each with a `_FILE` form (`AMQP_URI_FILE=/run/secrets/amqp-uri`).

`tenglong settings` prints this table with the values in force, secrets masked.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from environs import FileAwareEnv

DAY_S = 86_400
BROKERS = ("amqp://", "amqps://", "pyamqp://", "embedded://")
STORES = (
    "redis://", "rediss://", "unix://", "redis+sentinel://", "rediss+sentinel://", "memory://",
)  # fmt: skip
LOGIN = r"[^:/?#@\s]*(:[^/?#\s]*)?@"
HOST = r"(\[[^]\s]*\]|[^][:/?#@,\s]*)(:\d*)?"
PLACE = rf"{HOST}(,{HOST})*(/[^?#@;\s]*)?"
# a question may have an @, where there is one before the host to tell where that begins
ONE = rf"[a-z+]+://({LOGIN}{PLACE}(\?[^#\s]*)?|{PLACE}(\?[^#@\s]*)?)"
URLS = re.compile(f"{ONE}(;{ONE})*")
CALLERS = ("any", "named")
MAY_BE_AWAY = "management_url"  # its file may not be there: then it is not set
STORE_AT_RISK = ("refuse", "serve")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Unusable(Exception):
    """The settings contradict each other; the service must not start with them."""


class FileUnreadable(OSError):
    """A file that a setting names cannot be read: now, for it may be there at the next try."""


def _of(default: Any, meaning: str, least: int = 1) -> Any:
    return field(default=default, metadata={"meaning": meaning, "least": least})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may set. Names in upper case are the environment's."""

    amqp_uri: str = _of(
        "embedded://tenglong",
        "the broker, amqp://user:password@host:5672/vhost, of a cluster with each of its nodes, "
        "host:5672,host:5672; embedded:// runs one in memory",
    )
    redis_url: str = _of(
        "memory://tenglong",
        "the store, redis://user:password@host:6379/0, or of several Redis the master that Sentinels "
        "name, redis+sentinel://user:password@host:26379,host:26379/name/0; rediss:// and rediss+sentinel:// "
        "are TLS; memory:// keeps nothing over a restart",
    )
    replicas_confirm: int = _of(
        1,
        "where Sentinels name the master: so many replicas have to have a commit before it counts; with 0 "
        "one that takes over may lack the last commits",
        least=0,
    )
    store_at_risk: str = _of(
        "refuse",
        "what becomes of a Redis that may lose what it is given (no append-only file, one that is written "
        "late, or data dropped when its memory is full): refuse, and nothing is taken; or serve",
    )
    management_url: str = _of(
        "",
        "RabbitMQ's management API, http://user:password@host:15672 or https://, which tells of lost "
        "bindings; if empty, or if its file is not there, it is looked for on the broker's host, for the "
        "same user",
    )
    http_host: str = _of("0.0.0.0", "address of /metrics, /livez and /readyz")  # noqa: S104 - in a pod the probes come from outside
    http_cert_file: str = _of(
        "",
        "a certificate: the probes, the metrics and the alarms are answered over TLS, and not without it",
    )
    http_key_file: str = _of("", "the key of that certificate")
    http_ca_file: str = _of(
        "",
        "the authority whose certificates are asked of whoever wants an answer there; if empty, of nobody",
    )
    log_level: str = _of("INFO", "DEBUG (a line for every message done), INFO, WARNING or ERROR")
    heartbeat_s: int = _of(10, "AMQP heartbeat, in whole seconds")
    batch: int = _of(200, "most messages decided and committed together")
    publisher_per_s: int = _of(
        100,
        "events a second of one publisher that are taken as they come, and two seconds of that at once; "
        "more of them wait in an overflow and hold up nobody else; 0 sets no bound",
        least=0,
    )
    rpc_workers: int = _of(20, "calls served at the same time by one process")
    callers: str = _of(
        "any",
        "any, or named: a call that does not say the broker's user (user_id) is refused; what stays on "
        "record under a name is refused without one in any case",
    )
    rpc_deadline_s: int = _of(
        10, "how long one service waits for another's answer, in whole seconds"
    )
    handler_deadline_s: int = _of(
        30, "how long one handler may run before it counts as failed, in whole seconds"
    )
    attempts: int = _of(6, "tries of a failing message before it is parked")
    retry_first_s: int = _of(
        1, "delay before the second try, in whole seconds; each later delay is four times longer"
    )
    retry_longest_s: int = _of(
        600, "no delay between two tries is longer than this, in whole seconds"
    )
    parked_days: int = _of(30, "how long a parked message may be replayed", least=0)
    outage_days: int = _of(
        7, "longest time that a message may wait for a service that is down", least=0
    )
    inbox_days: int = _of(45, "how long a message is remembered as done")
    announced_days: int = _of(
        7,
        "how long a service keeps the facts that it announced, to announce them again to one whose "
        "store was put back from a copy; 0 keeps none",
        least=0,
    )
    relay_lease_s: int = _of(
        10,
        "a relay that hangs for so many whole seconds loses its outbox; one whose process is gone loses it "
        "after two seconds",
    )
    time_zone: str = _of(
        "Asia/Shanghai", "where the installation is: a new day begins at midnight there"
    )
    drain_s: int = _of(25, "time to finish work in hand after SIGTERM, in whole seconds", least=0)

    @property
    def zone(self) -> ZoneInfo:
        """Where the installation is. Raises `Unusable` for a zone that nobody knows."""
        try:
            return ZoneInfo(self.time_zone)
        except (ValueError, OSError, ZoneInfoNotFoundError) as problem:
            raise Unusable(
                f"TIME_ZONE={self.time_zone} is no time zone; give one like Asia/Shanghai."
            ) from problem

    @property
    def retry_span_s(self) -> float:
        """The longest time that all tries of one message can take, jitter included."""
        return sum(self.retry_delay_s(attempt, 1.0) for attempt in range(1, self.attempts))

    def retry_delay_s(self, attempt: int, chance: float) -> int:
        """Seconds from failed try `attempt` (from 1) to the next; `chance` in 0..1 is the jitter.

        Doubled twice per try and spread by a quarter either way, so that messages that failed
        together do not come back together.
        """
        delay = min(self.retry_first_s * 4.0 ** (attempt - 1), self.retry_longest_s)
        return max(1, round(delay * (0.75 + 0.5 * chance)))

    def checked(self) -> Settings:
        """These settings, or `Unusable`: above all when a done message could be forgotten too early.

        A message may be tried, then parked and replayed, then wait out one more outage: it must be
        remembered for longer than all of that, or a late copy would take effect twice.
        """
        if self.log_level not in LOG_LEVELS:
            raise Unusable(f"LOG_LEVEL={self.log_level} is none of {', '.join(LOG_LEVELS)}.")
        if self.callers not in CALLERS:
            raise Unusable(f"CALLERS={self.callers} is none of {', '.join(CALLERS)}.")
        _answering_over_tls(self)
        if self.store_at_risk not in STORE_AT_RISK:
            raise Unusable(
                f"STORE_AT_RISK={self.store_at_risk} is none of {', '.join(STORE_AT_RISK)}."
            )
        for setting in dataclasses.fields(self):
            value, least = getattr(self, setting.name), setting.metadata["least"]
            if isinstance(value, int) and value < least:
                raise Unusable(
                    f"{setting.name.upper()}={value} is too small; give {least} or more."
                )
        self.zone  # noqa: B018 - raises `Unusable`
        _held_against(self.amqp_uri, "AMQP_URI", BROKERS)
        _held_against(self.redis_url, "REDIS_URL", STORES)
        if self.management_url:
            _held_against(self.management_url, "MANAGEMENT_URL", ("http://", "https://"))
        needed = self.retry_span_s + (self.parked_days + self.outage_days) * DAY_S
        if self.inbox_days * DAY_S <= needed:
            raise Unusable(
                f"INBOX_DAYS={self.inbox_days} is too short: a copy of a message can arrive "
                f"{needed / DAY_S:.1f} days after the first (tries {self.retry_span_s / DAY_S:.1f} + "
                f"PARKED_DAYS={self.parked_days} + OUTAGE_DAYS={self.outage_days}). "
                f"Set INBOX_DAYS to {int(needed // DAY_S) + 1} or more, or shorten the others."
            )
        if self.announced_days >= self.inbox_days:
            raise Unusable(
                f"ANNOUNCED_DAYS={self.announced_days} is too long: a fact that is announced again would "
                f"be done twice if its hearers had forgotten it, after INBOX_DAYS={self.inbox_days}. Set "
                "it lower."
            )
        return self

    def fit_to_run(self) -> Settings:
        """These settings, or `Unusable` when a service must not run with them."""
        if self.redis_url.startswith("memory:") and not self.amqp_uri.startswith("embedded:"):
            raise Unusable(
                "AMQP_URI names a broker and REDIS_URL no store: what is accepted from the broker "
                "would be gone with this process. Set REDIS_URL."
            )
        if self.amqp_uri.startswith("embedded:") and not self.redis_url.startswith("memory:"):
            raise Unusable(
                "REDIS_URL names a store and AMQP_URI no broker: what waits in its outboxes would be "
                "published to a broker in memory, and be gone with this process. Set AMQP_URI."
            )
        return self


def _answering_over_tls(chosen: Settings) -> None:
    if bool(chosen.http_cert_file) != bool(chosen.http_key_file) or (
        chosen.http_ca_file and not chosen.http_cert_file
    ):
        raise Unusable(
            "HTTP_CERT_FILE and HTTP_KEY_FILE are given together, and HTTP_CA_FILE with them."
        )


def _held_against(uri: str, name: str, forms: tuple[str, ...]) -> None:
    if not uri.startswith(forms):
        raise Unusable(f"{name} must begin with {' or '.join(forms)}.")
    if not URLS.fullmatch(uri):  # what would be read of it might show a part of the password
        raise Unusable(
            f"{name} cannot be read as {forms[0]}user:password@host:port/…: within each of its parts, above "
            "all the password, / is written %2F, ? is %3F, # is %23, @ is %40 and a blank %20; a port is a "
            "number."
        )


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises `Unusable` naming the variable that cannot be read."""
    env = FileAwareEnv(strip_whitespace=True)  # a file often ends in a newline
    given: dict[str, Any] = {}
    with _instead(environment):
        for setting in dataclasses.fields(Settings):
            name = setting.name.upper()
            file = os.environ.get(f"{name}_FILE")
            if file and setting.name == MAY_BE_AWAY and not Path(file).exists():
                continue
            read: Any = env.int if isinstance(setting.default, int) else env.str
            try:
                given[setting.name] = read(name, setting.default)
            except Exception as problem:
                said = f" It names {file}." if file else ""
                raise Unusable(f"{name}: {problem}{said}") from problem
            if file:
                _FILES[given[setting.name]] = Path(file)
    return Settings(**given).checked()


_FILES: dict[Any, Path] = {}  # what was read from files, with the files


def is_from_file(value: str) -> bool:
    """Whether a setting came from a file, and may so be another one some day."""
    return value in _FILES


def latest(value: str) -> str:
    """A setting as it is now: what its file says, if it came from one, for a password may have been
    changed since. While the file is away, what it said before."""
    if value not in _FILES:
        return value
    try:
        return _FILES[value].read_text("utf-8").strip() or value
    except OSError:
        return value


def meanings() -> dict[str, str]:
    """What each setting means."""
    return {setting.name: setting.metadata["meaning"] for setting in dataclasses.fields(Settings)}


def masked(value: Any) -> str:
    """A setting as it may be shown: a URI without its password."""
    hidden = re.sub(r"(//[^:/@]*:)[^/\s]*@", r"\1***@", str(value))
    return re.sub(r"(password=)[^&]*", r"\1***", hidden)


@contextmanager
def _instead(environment: Mapping[str, str] | None) -> Iterator[None]:
    """Stand `environment` in for the process's own."""
    if environment is None:
        yield
        return
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
