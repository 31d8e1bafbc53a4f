"""Whether each Sentinel and each Redis that they name can be reached and lets us in: one of them takes over
some day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redis.exceptions import RedisError

from backbone.host.durability import RISKS, Sight, look_at
from backbone.store.redis import LOGIN_REFUSED, connect, login_refused
from backbone.store.sentinel import Named, is_named

from .finding import Finding

ANSWERS_WITHIN_S = 5


def sentinels(url: str) -> Iterator[Finding]:
    """Nothing where Redis is one and no Sentinel names it."""
    if not is_named(url):
        return
    named = Named.of(url)
    known: set[tuple[str, int]] = set()
    asked: list[Any] = named.asked().sentinels
    for (host, port), client in zip(named.sentinels, asked, strict=True):
        try:
            master = client.sentinel_master(named.name)
            replicas = client.sentinel_slaves(named.name)
        except (RedisError, OSError) as problem:
            remedy = (
                "Start it, or set what REDIS_URL says of it right (host, sentinel_password, ssl_…)."
            )
            yield Finding("sentinels", "look", f"{host}:{port}: {problem}", remedy)
        else:
            known |= {(each["ip"], each["port"]) for each in (master, *replicas)}
            yield Finding("sentinels", "well", f"{host}:{port} names {len(replicas)} replicas")
    for host, port in sorted(known):
        yield from _redis(named, host, port)


def _redis(named: Named, host: str, port: int) -> Iterator[Finding]:
    """What one Redis says to us, master or replica; of a replica whether it would lose something, too, for
    services do not see that when it takes over."""
    where, url = f"{host}:{port}", named.at(host, port)
    try:
        with connect(url, ANSWERS_WITHIN_S) as client:
            said = client.info("replication")
            seen = look_at(client, url) if said["role"] == "slave" else Sight()
    except LOGIN_REFUSED as problem:
        remedy = "Give it the users that the master has."
        yield Finding("replicas", "look", f"{where}: {login_refused(problem)}", remedy)
    except (RedisError, OSError) as problem:
        remedy = "Start it; until then there is one less to take over."
        yield Finding("replicas", "look", f"{where}: {problem}", remedy)
    else:
        yield _follows(where, said)
        for risk in sorted(seen.risks):
            lost, _, remedy = RISKS[risk].partition(". ")
            yield Finding("replicas", "look", f"{where}: {lost}", remedy)


def _follows(where: str, said: dict[str, Any]) -> Finding:
    if said["role"] == "slave" and said["master_link_status"] != "up":
        remedy = "Look at its log: it may have no way to the master, or another password than it."
        return Finding("replicas", "look", f"{where} does not follow the master", remedy)
    return Finding("replicas", "well", f"{where} answers, as {ROLES[said['role']]}")


ROLES = {"master": "the master", "slave": "a replica that follows it"}
