"""The park's installation: which services there are, where they answer, and who publishes to them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from backbone.amqp.topology import Feed
from backbone.host.installation import Installation
from backbone.settings import Settings, Unusable
from park import townships

from . import callers, wiring

HOMES = {
    "parcels": ("services.parcels.service", "ParcelsService", 8001),
    "enterprises": ("services.enterprises.service", "EnterprisesService", 8002),
    "projects": ("services.projects.service", "ProjectsService", 8003),
    "notify": ("services.notify.service", "NotifyService", 8004),
}
PROBES_SETTING = "PROBES_URL"


MORE_SETTINGS = {  # of one process or another, beside those that every service has
    "SMTP_URL": "mail server of notify, smtp://user:password@host:587?from=a@example.org; else e-mail waits",
    "CHANNEL_TIMEOUT_S": "seconds that a webhook, a mail server or a chat may take in all; 10 unless set",
    "WEBHOOK_HTTP": "yes: webhooks may be http://, too; else https:// alone",
    "CALENDAR_FOLDER": "folder with the working days of further years (2027.toml); else those of the release",
    callers.FILE_SETTING: "file of who may call what on which days; else the broker alone decides",
    PROBES_SETTING: "where doctor asks for /readyz; http://localhost:{port} unless set",
    "WEBHOOK_NETWORKS": "not public networks that webhooks may reach, 10.20.0.0/16, 192.168.7.9; else none",
    "REQUESTS_CA_BUNDLE": "file of the authorities of webhooks; else those of the release",
    "ALARMS_TOKEN": "what Alertmanager shows to `tenglong alarms`, which does not start without it",
    "RUNBOOKS_URL": "where people reach the /runbooks of `tenglong alarms`; http://localhost:8005/runbooks "
    "unless set",
    "GATEWAY_PORT": "port of the HTTP gateway of `make run`; 8000 unless set",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "where spans go, with OpenTelemetry's other settings; else none are made",
}
SECRETS = ("ALARMS_TOKEN",)  # of which nothing is shown; in a URL the password alone is hidden


def _knows(code: str, day: date) -> bool:
    """The townships of the day, and the platform itself, of which nothing but its heartbeat is taken."""
    return code == townships.HEARTBEAT or code in townships.codes(day)


TOWNSHIPS = Feed(name="township", source="/townships/", keeper="parcels", knows=_knows)


def dictionary_files() -> tuple[Path, ...]:
    """The parts of the data dictionary, each beside the schemas of its thing."""
    root = Path(__file__).parents[1]
    homes = ("backbone/contracts", "park", "services/*/*")
    return tuple(sorted(file for home in homes for file in root.glob(f"{home}/dictionary.toml")))


def classes(names: Iterable[str]) -> list[Any]:
    """The service classes of these names."""
    return [getattr(import_module(HOMES[name][0]), HOMES[name][1]) for name in names]


def ports(names: Iterable[str], environment: Mapping[str, str] = os.environ) -> dict[str, int]:
    """Where each service answers probes: 8001 to 8004, or as `PARCELS_PORT` and its like say."""
    given = {name: environment.get(f"{name.upper()}_PORT", str(HOMES[name][2])) for name in names}
    for name, port in given.items():
        if not port.isdecimal() or int(port) > 65_535:
            raise Unusable(f"{name.upper()}_PORT={port} is no port; give a number up to 65535.")
    return {name: int(port) for name, port in given.items()}


def installation(settings: Settings, door: callers.Door | None = None) -> Installation:
    """The park, with these settings, and with this door or else that of the environment. Raises `Unusable`
    for a file of grants that cannot be used."""
    wired, door = wiring.read(), door or callers.door(settings.callers)
    return Installation(
        settings=settings,
        feeds=(TOWNSHIPS,),
        services=tuple(HOMES),
        heard=wired.heard,
        announced=wired.announced,
        dictionary=dictionary_files(),
        version=wired.version,
        refuses=door,
        rights_problem=door.problem,
    )
