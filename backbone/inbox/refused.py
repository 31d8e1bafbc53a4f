"""The receipts of refused events, for whoever asks later: a receipt itself goes to its publisher alone.

Of one publisher and one id the last is kept, as long as a mark (`INBOX_DAYS`). It is written in the commit
that answers the event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from ..plain import digest_of, to_json
from ..store.atomic import Commit
from ..store.repository import Repository

REASON: dict[str, str | None] = dict.fromkeys(("code", "sentence", "field", "source"))


def keep(
    repository: Repository, publisher: str, said: dict[str, Any], lifetime_s: int
) -> Callable[[Commit], None]:
    """What a commit does to keep what a receipt says, under the id of its event; under the `body_sha256` of
    one whose id could not be read."""
    key = _key(repository, publisher, said["event_id"] or said["body_sha256"])
    return lambda commit: commit.set(key, to_json(said), lifetime_s)


def find(repository: Repository, event_id: str, publishers: Iterable[str]) -> list[dict[str, Any]]:
    """What the receipts of refused events of that id said, one of each of these publishers at most."""
    kept = repository.call("mget", [_key(repository, each, event_id) for each in publishers])
    found = [msgspec.json.decode(said) for said in kept if said is not None]
    return [each | {"reasons": [REASON | why for why in each["reasons"]]} for each in found]


def _key(repository: Repository, publisher: str, event_id: str) -> str:
    return repository.key("refused", digest_of(publisher, event_id))
