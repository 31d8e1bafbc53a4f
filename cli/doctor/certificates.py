"""When the certificates end by which this command speaks with broker, store, management API and probes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from backbone.certificates import AUTHORITY, OURS, SERVER, End, connections, ends
from backbone.settings import Settings

from ..console import moment
from .finding import Finding

SUBJECT, PAGE = "certificates", "docs/runbooks/certificate-ends.md"
SOON = timedelta(days=21)  # as the alert CertificateEndsSoon has it
WHOSE = {OURS: "our own", AUTHORITY: "the authority's", SERVER: "the server's"}

REMEDIES = {  # by what the error of a connection says
    "not valid for": "Name that server in {} as its certificate does, or have it certified for this name",
    "certificate required": "It asks for a certificate of ours: name ssl_certfile and ssl_keyfile in {}",
    "certificate": "Renew its certificate, or name its authority in {} (ssl_ca_certs)",
    "violation of protocol": "It may ask for a certificate of ours: ssl_certfile and ssl_keyfile in {}",
}


def reached_by(setting: str, problem: BaseException) -> str:
    """What to do where the server of a setting could not be reached."""
    for said, remedy in REMEDIES.items():
        if said in str(problem):
            return f"{remedy.format(setting)}: {PAGE}"
    return f"Start it, or set {setting} right."


def certificates(
    settings: Settings, now: datetime, of_probes: Iterable[End] = ()
) -> Iterator[Finding]:
    """Which of them have ended or do so soon, by the clock of the park; what the servers showed this
    process is among them, and so are those `of_probes`. Nothing where nothing is encrypted."""
    found = list(of_probes)
    for to, told in connections(settings).items():
        try:
            found += ends(to, told)
        except OSError as problem:
            said = f"{to}: {problem.filename} cannot be read: {problem.strerror}"
            yield Finding(SUBJECT, "broken", said, "Put it there, or name another one.")
        except ValueError as problem:
            yield Finding(SUBJECT, "broken", f"{to}: {problem}", "Put one there in PEM.")
    late = [each for each in found if each.at - now < SOON]
    for each in late:
        has_ended = each.at <= now
        yield Finding(
            SUBJECT, "broken" if has_ended else "look", _said(each, now), f"Renew: {PAGE}"
        )
    if found and not late:
        first = min(found, key=lambda each: each.at)
        yield Finding(SUBJECT, "well", f"of {len(found)} the first to end: {_said(first, now)}")


def _said(end: End, now: datetime) -> str:
    days = (end.at - now).days
    when = (
        f"ends at {moment(end.at)}, in {days} days" if days >= 0 else f"ended at {moment(end.at)}"
    )
    return f"{end.to}, {WHOSE[end.whose]}: {when}"
