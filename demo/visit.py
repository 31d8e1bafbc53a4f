"""`python -m demo.visit FOLDER`: the story, played into services that run, by a township and a desk with
users of their own. FOLDER holds what each logs in with, as `demo/let-in` writes it."""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import json  # noqa: E402 - after the filter
import sys  # noqa: E402
import uuid  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import kombu  # noqa: E402

from backbone.amqp.connection import connect  # noqa: E402
from client import CallError, Township  # noqa: E402
from client.calls import Caller  # noqa: E402
from demo import story  # noqa: E402
from demo.play import out, play  # noqa: E402
from services.installation import HOMES  # noqa: E402

ANSWERS_WITHIN_S = 20


class Visit:
    """The way of the story's two guests into the services: the township reports, the desk calls and hears."""

    def __init__(self, township_uri: str, desk_uri: str) -> None:
        self._township = Township(township_uri, story.TOWNSHIP, ANSWERS_WITHIN_S)
        self._desk = Caller(desk_uri, ANSWERS_WITHIN_S)
        self._heard: list[dict[str, Any]] = []
        self._line = connect(desk_uri)
        self._facts = kombu.Queue(
            f"demo.{uuid.uuid4()}", exclusive=True, channel=self._line.channel()
        )
        self._facts.declare()
        for service in HOMES:
            self._facts.bind_to(f"{service}.events", routing_key="#")

    @property
    def facts(self) -> list[dict[str, Any]]:
        """All that was announced since the visit began."""
        while message := self._facts.get(no_ack=True):
            self._heard.append(json.loads(message.body))
        return self._heard

    def call(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        """Call a service as the desk. Raises a `CallError`."""
        return self._desk.call(f"{service}.{method}", arguments)

    def report(self, type_: str, data: dict[str, Any], event_id: str) -> dict[str, Any]:
        """Report as the township. Answers the receipt; raises a `CallError` when none comes."""
        return self._township.report(type_, data, event_id=event_id).data

    def close(self) -> None:
        """Leave the broker."""
        self._township.close()
        self._desk.close()
        self._line.release()


def main(folder: Path) -> str | None:
    """A sentence, if the story stopped."""
    township, desk = (
        json.loads((folder / name).read_text("utf-8"))["amqp_uri"] for name in ("township", "desk")
    )
    visit = Visit(township, desk)
    try:
        play(visit)
    except (CallError, TimeoutError) as problem:
        return f"The story stopped: {problem}"
    finally:
        visit.close()
    out.rule("It stays in the store of the services")
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
