"""What Alertmanager sends, as calls of notify. It is form 4 of its webhook."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backbone.errors import Invalid, Reason
from park.time import day_of
from services.notify.alerts.rules import Severity

from ..responses.refused import ALERT, telling
from . import runbooks

NOT_WHERE = {"alertname", "severity"}
LONGEST = 500  # characters of a sentence; more is cut, since half of it is better than no alarm


def calls_of(sent: Any, base: str = runbooks.BASE) -> list[tuple[str, dict[str, Any]]]:
    """The methods of notify to call, with their arguments, for what Alertmanager sent. A feed that is
    mostly refused is also told to its township. At `base` people reach the runbooks. Raises `Invalid` with
    the field that is not as it should be."""
    alerts = sent.get("alerts") if isinstance(sent, Mapping) else None
    if not isinstance(alerts, list):
        raise _not_theirs("alerts", "a list")
    return [
        call
        for number, each in enumerate(alerts)
        for call in _calls(each, f"alerts.{number}", base)
    ]


def _calls(alert: Any, place: str, base: str) -> list[tuple[str, dict[str, Any]]]:
    given = alert if isinstance(alert, Mapping) else {}
    labels, said = _texts(given, "labels", place), _texts(given, "annotations", place)
    name = labels.get("alertname")
    if not name:
        raise _not_theirs(f"{place}.labels.alertname", "a text")
    about = {
        "alarm_id": _text(given, "fingerprint", place),
        "alarm": name,
        "where": _short(
            " ".join(f"{k}={v}" for k, v in sorted(labels.items()) if k not in NOT_WHERE)
        )
        or "everywhere",
        "started_at": _moment(given, "startsAt", place),
    }
    if _text(given, "status", place) == "resolved":
        return [_once("end_alarm", about | {"ended_at": _moment(given, "endsAt", place)})]
    level = labels.get("severity", "")
    calls = [
        _once(
            "raise_alarm",
            about
            | {
                "level": level if level in set(Severity) else Severity.WARNING.value,
                "summary": _short(said.get("summary") or name),
                "runbook": runbooks.address(said.get("runbook_url"), base),
            },
        )
    ]
    if name == ALERT and "publisher" in labels:
        began = datetime.fromisoformat(about["started_at"])
        calls.append(("tell_mostly_refused", telling(labels["publisher"], day_of(began))))
    return calls


def _once(method: str, about: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The call, under an id by which what Alertmanager sends again is done once."""
    text = "|".join([method, about["alarm_id"], about["started_at"], about.get("ended_at", "")])
    return method, about | {"request_id": f"alarm-{hashlib.sha256(text.encode()).hexdigest()[:32]}"}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _text(given: Mapping[str, Any], name: str, place: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise _not_theirs(f"{place}.{name}", "a text")
    return value


def _moment(given: Mapping[str, Any], name: str, place: str) -> str:
    """The moment to the microsecond; Alertmanager counts nanoseconds."""
    try:
        moment = datetime.fromisoformat(_text(given, name, place))
    except ValueError:
        raise _not_theirs(f"{place}.{name}", "a moment") from None
    return moment.isoformat()


def _texts(given: Mapping[str, Any], name: str, place: str) -> dict[str, str]:
    value = given.get(name, {})
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        raise _not_theirs(f"{place}.{name}", "a map of texts")
    return dict(value)


def _not_theirs(field: str, should: str) -> Invalid:
    sentence = f"Alertmanager gives {should} here."
    return Invalid([Reason("NOT_OF_ALERTMANAGER", sentence, field)])
