"""Three services in one process, in which a year is played line by line: what one announces the others hear
at once, at the moment of the line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from backbone.messages.outgoing import OutgoingMessage
from backbone.testing import Rehearsal
from backbone.testing.strict_inbox import message
from services.enterprises.service import EnterprisesService
from services.installation import TOWNSHIPS
from services.parcels.service import ParcelsService
from services.projects.service import ProjectsService


class Town:
    """The services that own figures, at the moment of the last line."""

    def __init__(self) -> None:
        self.moment = datetime.min.replace(tzinfo=UTC)
        asked = {name: Asked(self, name) for name in ("parcels", "enterprises", "projects")}
        self.services = {
            "parcels": self._service(
                ParcelsService, enterprises=asked["enterprises"], projects=asked["projects"]
            ),
            "enterprises": self._service(EnterprisesService),
            "projects": self._service(ProjectsService, parcels=asked["parcels"]),
        }
        self._read = dict.fromkeys(self.services, "-")

    def _service(self, cls: type, **others: Any) -> Rehearsal:
        return Rehearsal(cls, feeds=[TOWNSHIPS], clock=lambda: self.moment, **others)

    def play(self, lines: Iterable[str]) -> None:
        """What is not meant to be refused is taken, or raises."""
        for line in lines:
            said = json.loads(line)
            self.moment = datetime.fromisoformat(said["at"])
            if "call" in said:
                self._call(**said["call"])
            else:
                self._report(said["event"], refused=said.get("meant") == "mistyped")
            self._spread()

    def _call(self, service: str, method: str, kwargs: dict[str, Any]) -> None:
        self.services[service].call(method, **kwargs)

    def _report(self, event: dict[str, Any], *, refused: bool) -> None:
        publisher, about = event["source"].rpartition("/")[2], {x: event[x] for x in ("id", "time")}
        for service in self.services.values():
            if ("township", event["type"]) in service.inbox.decoder.handlers:
                said = (event["type"], event["data"])
                heard = service.hear("township", *said, publisher=publisher, **about)
                assert (heard.outcome == "refused") is refused, (event["id"], heard.reasons)

    def _spread(self) -> None:
        """Let every service hear what was announced, and what was announced upon that."""
        while told := [(name, each) for name in self.services for each in self._new_facts(name)]:
            for name, fact in told:
                for service in self.services.values():
                    if (name, fact.routing_key) in service.inbox.decoder.handlers:
                        delivered = message(fact.exchange, fact.routing_key, fact.body)
                        service.inbox.hear(delivered).or_raise()

    def _new_facts(self, name: str) -> list[OutgoingMessage]:
        repository = self.services[name].repository
        entries = repository.call("xrange", repository.outbox, self._read[name])
        if entries:
            self._read[name] = f"({entries[-1][0].decode()}"
        sent = [OutgoingMessage.of(entry) for _, entry in entries]
        return [each for each in sent if each.exchange == f"{name}.events"]


class Asked:
    """A service as another one reaches it: what it is asked, it answers at once."""

    def __init__(self, town: Town, name: str) -> None:
        self.town, self.name, self.deadline_s = town, name, 10.0

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return lambda **asked: self.town.services[self.name].read(method, **asked)
