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

from backbone.amqp.rights import ANY, Rights
from services import access
from services.access import User

from . import stores

ADMINISTRATOR = User(
    name="administrator",
    rights=Rights(configure=ANY, write=ANY, read=ANY, tags=("administrator",)),
    redis=("allchannels", "~*", "+@all"),
)
DEFINITIONS = Path("rabbitmq") / "definitions.json"
LENGTH = 24  # bytes of a password, 32 characters


def new_password() -> str:
    """32 characters that need no quoting in a URI."""
    return secrets.token_urlsafe(LENGTH)


def write(
    folder: Path, users: Iterable[User], *, broker: str, store: str, vhost: str, management: str
) -> list[Path]:
    """Make a password for each user and write the files into an empty folder: what RabbitMQ and Redis
    start with, and a folder for each user with `amqp-uri`, `redis-url` (of whoever has one) and
    `management-url` (of the administrator). Raises `FileExistsError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    everyone = [ADMINISTRATOR, access.watcher(), access.copier(), *users]
    passwords = {user.name: new_password() for user in everyone}
    written = [
        _file(folder / DEFINITIONS, definitions(everyone, passwords, vhost)),
        _file(folder / "redis" / "users.acl", acl_file(everyone, passwords)),
    ]
    for user in everyone:
        home = folder / user.name.removeprefix("service-")
        login = f"{user.name}:{passwords[user.name]}"
        if user.rights != Rights():
            uri = f"amqp://{login}@{broker}/{quote(vhost, safe='')}"
            written.append(_file(home / "amqp-uri", uri + "\n"))
        if user.redis:
            written.append(_file(home / "redis-url", f"{_scheme(store)}://{login}@{store}/0\n"))
        if user is ADMINISTRATOR:
            written.append(_file(home / "management-url", f"http://{login}@{management}\n"))
    return [*written, *_of_the_watchers(folder, passwords["watcher"], store)]


def _scheme(store: str) -> str:
    """How a Redis is reached: by itself, or by Sentinels and the name that they have for it."""
    return "redis+sentinel" if "/" in store else "redis"


def _of_the_watchers(folder: Path, password: str, store: str) -> list[Path]:
    """What the exporter of Redis and Grafana read their passwords from. Which Redis there are, Sentinels
    alone know: their exporters are told by whoever runs them."""
    watched = {} if "/" in store else {f"redis://watcher@{store}": password}
    of_redis = json.dumps(watched) + "\n"
    return [
        _file(folder / "watcher" / "passwords.json", of_redis),
        _file(folder / "grafana" / "password", new_password()),
    ]


def definitions(users: Iterable[User], passwords: dict[str, str], vhost: str) -> str:
    """RabbitMQ's definitions: users by the hashes of their passwords, and their rights."""
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
    }
    return json.dumps(told, indent=1) + "\n"


def _user(user: User, password: str) -> dict[str, Any]:
    return {
        "name": user.name,
        "password_hash": hash_of(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": list(user.rights.tags),
    }


def hash_of(password: str, salted: Callable[[int], bytes] = os.urandom) -> str:
    """The salted hash that RabbitMQ keeps: four bytes of salt, then SHA-256 of salt and password."""
    salt = salted(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def acl_file(users: Iterable[User], passwords: dict[str, str]) -> str:
    """Redis's ACL file. Whoever has no user may ask whether it lives, and nothing else."""
    lines = ["user default on nopass resetkeys resetchannels -@all +ping"]
    lines += [
        stores.acl_line(user.name, user.redis, passwords[user.name]) for user in users if user.redis
    ]
    return "\n".join(lines) + "\n"


def _file(path: Path, text: str) -> Path:
    """Readable for whoever it is mounted to; on this machine the folder lets in its owner alone."""
    path.parent.mkdir(mode=0o755, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
