"""The users of a whole installation as files, with which RabbitMQ and Redis start for the first time: so
no user of theirs ever has a password that somebody else knows."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from backbone.amqp.rights import Rights
from backbone.store import sentinel
from services import access
from services.access import User

from . import bounds, stores
from .encryption import Encryption

ADMINISTRATOR = access.administrator()
DEFINITIONS = Path("rabbitmq") / "definitions.json"
REDIS_PORT = 6379
LENGTH = 24  # bytes of a password, 32 characters
OF_OTHERS = ("rabbitmq", "redis", "watcher", "grafana", "alertmanager")  # whose images are not ours


def new_password() -> str:
    """32 characters that need no quoting in a URI."""
    return secrets.token_urlsafe(LENGTH)


def write(
    folder: Path,
    users: Iterable[User],
    *,
    broker: str,
    store: str,
    vhost: str,
    management: str,
    zone: str = "",
    database: int = 0,
    encryption: Encryption | None = None,
) -> list[Path]:
    """Make a password for each user and write the files into an empty folder: what RabbitMQ and Redis
    start with, and a folder for each user with `amqp-uri`, `redis-url` (of whoever has one) and
    `management-url` (of the administrator). Of a `store` that Sentinels name, `redis` has the passwords of
    those who follow its master and who name it, too, and the user that Sentinels are given. A `zone` comes to
    a broker that has its administrator, and a `database` other than 0 to a Redis that has one. With
    `encryption` the URIs are those of TLS, and its files lie beside them. Raises `FileExistsError`."""
    copies = encryption.files() if encryption else {}
    query, s = (encryption.query(), "s") if encryption else ("", "")
    _make_empty(folder)
    mine = [access.in_zone(user, zone, database) for user in (access.copier(), *users)]
    at_broker = mine if zone else [ADMINISTRATOR, *mine]
    in_redis = mine if database else [ADMINISTRATOR, access.watcher(), *mine]
    passwords = {user.name: new_password() for user in (*at_broker, *in_redis)}
    servers = [access.replica(), access.sentinel()] if "/" in store and not database else []
    of_servers = {user.name: new_password() for user in servers}
    acl = acl_file([*in_redis, *servers], passwords | of_servers, is_whole=not database)
    written = [
        _file(folder / DEFINITIONS, definitions(at_broker, passwords, vhost)),
        _file(folder / "redis" / "users.acl", acl),
        *(_file(folder / "redis" / name, each) for name, each in of_servers.items()),
        *([_of_the_sentinels(folder, passwords["watcher"])] if servers else []),
    ]
    for name, password in passwords.items():
        home, login = _home(folder, name), f"{name}:{password}"
        if any(user.name == name and user.rights != Rights() for user in at_broker):
            uri = f"amqp{s}://{login}@{broker}/{quote(vhost, safe='')}{query}"
            written.append(_file(home / "amqp-uri", uri + "\n"))
            if name == ADMINISTRATOR.name:
                url = f"http{s}://{login}@{management}{query}"
                written.append(_file(home / "management-url", url + "\n"))
        if any(user.name == name and user.redis for user in in_redis):
            url = f"{_scheme(store, s)}://{login}@{store}/{database}{query}"
            written.append(_file(home / "redis-url", url + "\n"))
        written += [_file(home / file, text) for file, text in copies.items()]
    if database:
        return written
    return [*written, *_of_the_watchers(folder, passwords["watcher"], store, s)]


def _make_empty(folder: Path) -> None:
    """Make the folder, which is for its owner alone. Raises `FileExistsError` if something is in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    if folder.stat().st_uid == os.getuid():
        folder.chmod(0o700)  # it may have been there


def _home(folder: Path, name: str) -> Path:
    """Of a service its name, of anybody else what it is called."""
    _, plain = access.zone_of(name)
    return folder / plain.removeprefix("service-")


def _of_the_sentinels(folder: Path, password: str) -> Path:
    """The user that Sentinels have besides the one without a name."""
    user = access.watcher_of_sentinels()
    line = stores.acl_line(user.name, user.redis, password)
    return _file(folder / "redis" / "sentinels.acl", line + "\n")


def _scheme(store: str, s: str) -> str:
    """How a Redis is reached: by itself, or by Sentinels and the name that they have for it; `s` for TLS."""
    return f"redis{s}+sentinel" if "/" in store else f"redis{s}"


def _of_the_watchers(folder: Path, password: str, store: str, s: str) -> list[Path]:
    """What the exporters of Redis and Grafana read their passwords from; and the token that Alertmanager
    shows to whoever takes its alarms, for both. Which Redis there are, Sentinels alone know: an exporter
    stands beside each of them."""
    token = new_password()
    beside = [f"localhost:{port}" for port in (REDIS_PORT, sentinel.PORT)]
    at = beside if "/" in store else [store]
    login = ("watcher@", "")  # exporters before 1.70 leave out the user when they look it up
    watched = {f"redis{s}://{user}{each}": password for each in at for user in login}
    of_redis = json.dumps(watched) + "\n"
    return [
        _file(folder / "watcher" / "passwords.json", of_redis),
        _file(folder / "grafana" / "password", new_password()),
        _file(folder / "alarms" / "token", token),
        _file(folder / "alertmanager" / "token", token),
    ]


def definitions(users: Iterable[User], passwords: dict[str, str], vhost: str) -> str:
    """RabbitMQ's definitions: users by the hashes of their passwords, their rights, and the bounds that no
    user lifts."""
    users = [user for user in users if user.rights != Rights()]
    permissions = [
        {"user": user.name, "vhost": vhost}
        | {each: getattr(user.rights, each) for each in ("configure", "write", "read")}
        for user in users
    ]
    topics = [
        {"user": user.name, "vhost": vhost, "exchange": exchange}
        | {"write": keys.write, "read": keys.read}
        for user in users
        for exchange, keys in user.rights.keys.items()
    ]
    told = {
        "users": [_user(user, passwords[user.name]) for user in users],
        "vhosts": [{"name": vhost}],
        "permissions": permissions,
        "topic_permissions": topics,
        "parameters": bounds.parameters(vhost),
    }
    return json.dumps(told, indent=1) + "\n"


def _user(user: User, password: str) -> dict[str, Any]:
    return {
        "name": user.name,
        "password_hash": hash_of(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": list(user.rights.tags),
        "limits": bounds.of_user(user.name),
    }


def hash_of(password: str, salted: Callable[[int], bytes] = os.urandom) -> str:
    """The salted hash that RabbitMQ keeps: four bytes of salt, then SHA-256 of salt and password."""
    salt = salted(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


# It is off, so nobody can be it. Redis reads its append-only file as this user, though, and leaves out
# each commit that it may not write (github.com/redis/redis/issues/14541): it may do everything.
NOBODY = "user default off resetpass allkeys allchannels +@all"
PROBE = "user probe on nopass resetkeys resetchannels -@all +ping"


def acl_file(users: Iterable[User], passwords: dict[str, str], *, is_whole: bool = True) -> str:
    """Redis's ACL file, or the lines that are added to one. Whoever has no user is let in as nobody; `probe`
    may ask whether Redis lives, and nothing else."""
    lines = [NOBODY, PROBE] if is_whole else []
    lines += [
        stores.acl_line(user.name, user.redis, passwords[user.name]) for user in users if user.redis
    ]
    return "\n".join(lines) + "\n"


def _file(path: Path, text: str) -> Path:
    """Readable for whom it is written alone: what our own image reads, for the user who writes it, who is the
    same there; what the images of others read, each as a user of its own, for all whom the outer folder lets
    in."""
    is_others = path.parent.name in OF_OTHERS
    path.parent.mkdir(exist_ok=True)
    path.parent.chmod(0o755 if is_others else 0o700)
    path.touch(0o600)
    path.write_text(text, "utf-8")
    path.chmod(0o644 if is_others else 0o600)
    return path
