"""RabbitMQ's management API, as an administrator uses it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import requests

from backbone import tls
from backbone.amqp.management import Link
from backbone.amqp.rights import ANY, Keys, Rights
from backbone.records import record
from services.access import INSTALLER, User, zone_of

from . import bounds

ANSWERS_WITHIN_S = 10


class NoAdministrator(Exception):
    """Nobody answers for the management API, or not to us."""


@record
class Known:
    """A user as the broker has it."""

    name: str
    rights: Rights


class Broker:
    """The virtual host of `amqp_uri`, administered at `management_url`: with user and password, and TLS in
    the words of `rediss://`."""

    def __init__(self, management_url: str, amqp_uri: str) -> None:
        plain, told = tls.read(management_url, "MANAGEMENT_URL", ("https",))
        where = urlsplit(plain)
        self.at = f"{where.scheme}://{where.netloc.rpartition('@')[2]}/api"
        self.vhost = unquote(urlsplit(amqp_uri).path[1:]) or "/"
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy stands between us and the broker
        if told:
            try:
                told.check("MANAGEMENT_URL")
            except OSError as problem:
                raise NoAdministrator(str(problem)) from None
            self._session.verify = (told.ca_certs or True) if told.is_checked else False
            self._session.cert = (
                (told.certfile, told.keyfile or told.certfile) if told.certfile else None
            )
        self._user = unquote(where.username or "")
        self._session.auth = (self._user, unquote(where.password or ""))

    def put(self, user: User, password: str | None) -> None:
        """Give a user its rights, and take from it those that it has no longer. Without a password it
        keeps the one that it has. Raises `NoAdministrator`."""
        name, rights = user.name, user.rights
        before = self.known().get(name)
        login = {"password": password} if password else self._login(name)
        self._ask("PUT", f"users/{quote(name)}", login | {"tags": ",".join(rights.tags)})
        gone = (before.rights.keys.keys() if before else set()) - rights.keys.keys()
        # keys first: a topic exchange without keys would be open to every key meanwhile
        for exchange, keys in rights.keys.items():
            given = {"exchange": exchange, "write": keys.write, "read": keys.read}
            self._ask("PUT", f"topic-permissions/{self._mine}/{quote(name)}", given)
        patterns = {each: getattr(rights, each) for each in ("configure", "write", "read")}
        self._ask("PUT", f"permissions/{self._mine}/{quote(name)}", patterns)
        for exchange in sorted(gone):
            path = f"topic-permissions/{self._mine}/{quote(name)}/{quote(exchange, safe='')}"
            self._ask("DELETE", path)
        for limit, value in bounds.of_user(name).items():
            self._ask("PUT", f"user-limits/{quote(name)}/{limit}", {"value": value})

    def password(self, name: str, password: str) -> None:
        """Give a user another password; open connections stay."""
        tags = ",".join(_tags(self._ask("GET", f"users/{quote(name)}")["tags"]))
        self._ask("PUT", f"users/{quote(name)}", {"password": password, "tags": tags})

    def delete(self, name: str) -> int:
        """Take a user away, and end its connections. Answers how many there were."""
        opened = [
            each["name"] for each in self._ask("GET", "connections") if each.get("user") == name
        ]
        self._ask("DELETE", f"users/{quote(name)}")
        for each in opened:
            self._ask("DELETE", f"connections/{quote(each, safe='')}")
        return len(opened)

    def known(self) -> dict[str, Known]:
        """Every user with rights in this virtual host, by name."""
        tags = {each["name"]: _tags(each["tags"]) for each in self._ask("GET", "users")}
        topics: dict[str, dict[str, Keys]] = {}
        for row in self._ask("GET", f"vhosts/{self._mine}/topic-permissions"):
            keys = Keys(write=row["write"], read=row["read"])
            topics.setdefault(row["user"], {})[row["exchange"]] = keys
        return {
            row["user"]: Known(
                name=row["user"],
                rights=Rights(
                    configure=row["configure"],
                    write=row["write"],
                    read=row["read"],
                    keys=topics.get(row["user"], {}),
                    tags=tags.get(row["user"], ()),
                ),
            )
            for row in self._ask("GET", f"vhosts/{self._mine}/permissions")
        }

    def zone(self) -> str:
        """The zone of the virtual host, by the name of its installer; none where a broker has one alone."""
        found = map(zone_of, self.known())
        return next((zone for zone, plain in found if plain == INSTALLER), "")

    def keep(self, links: Iterable[Link]) -> None:
        """Declare the quorum queues that these bindings lead to, from exchanges that are there."""
        self._let_ourselves_in()
        given = {"durable": True, "arguments": {"x-queue-type": "quorum"}}
        for link in links:
            self._ask("PUT", f"queues/{self._mine}/{quote(link.destination)}", given)
            between = f"e/{quote(link.source)}/q/{quote(link.destination)}"
            bound = {"routing_key": link.key, "arguments": {}}
            self._ask("POST", f"bindings/{self._mine}/{between}", bound)

    def _let_ourselves_in(self) -> None:
        """An administrator declares a queue only where it has rights of its own, and may give itself these:
        in the virtual host of a zone, which came by its definitions, it has none."""
        path = f"permissions/{self._mine}/{quote(self._user)}"
        if self._user not in self.known():
            self._ask("PUT", path, dict.fromkeys(("configure", "write", "read"), ANY))

    def hold(self, *more: bounds.Bound) -> None:
        """Set the bounds of every installation in the virtual host, and these."""
        for each in (*bounds.OF_EVERY_INSTALLATION, *more):
            path = f"operator-policies/{self._mine}/{quote(each.name)}"
            self._ask("PUT", path, bounds.policy(each))
        limit = {"value": bounds.MOST_QUEUES}
        self._ask("PUT", f"vhost-limits/{self._mine}/max-queues", limit)

    def _login(self, name: str) -> dict[str, str]:
        """How a user logs in now, as it has to be told again with its tags."""
        known = self._ask("GET", f"users/{quote(name)}")
        return {each: known[each] for each in ("password_hash", "hashing_algorithm")}

    @property
    def _mine(self) -> str:
        return quote(self.vhost, safe="")

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        try:
            answer = self._session.request(
                method, f"{self.at}/{path}", json=body, timeout=ANSWERS_WITHIN_S
            )
        except (requests.RequestException, OSError) as problem:  # the latter of files of TLS
            raise NoAdministrator(
                f"Nobody answers for RabbitMQ's management API at {self.at}: {type(problem).__name__}"
            ) from None
        if answer.status_code in (401, 403):  # it tells neither cause from the other
            raise NoAdministrator(
                f"RabbitMQ does not let {self._user} do this at {self.at}: its password is another, or it "
                "is no administrator. Name one: --management http://user:password@host:15672"
            )
        if answer.status_code == 404 and path.startswith("bindings"):
            raise NoAdministrator(
                "The broker has no exchanges of ours yet: start a service, or `tenglong topology`."
            )
        if not answer.ok:
            raise NoAdministrator(
                f"RabbitMQ says no to {method} {path.split('/')[0]}: {answer.text}"
            )
        return answer.json() if answer.content else None


def _tags(told: str | list[str]) -> tuple[str, ...]:
    """RabbitMQ 3.8 has them in one text, later ones in a list."""
    return tuple(filter(None, told.split(","))) if isinstance(told, str) else tuple(told)
