"""Whether each service answers, as its callers find it and as it says itself, and what is parked there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import eventlet
from nameko.exceptions import BadRequest, RemoteError

from backbone.amqp.connection import CONNECTION_ERRORS, refusal
from backbone.errors import Answered, Unavailable
from backbone.records import record
from backbone.rpc.caller import Caller

from ..ask import REFUSALS
from . import probes
from .finding import Finding, State
from .hearers import hearers
from .probes import Told

LISTED = 1_000
ASKED = 4  # times which process answers: the broker gives the calls to each in turn
SILENT = "one that does not say"  # the version of a process that is older than this question
ANSWER_WITHIN_S = 5
BROKEN = {"grants"}  # remarks upon what somebody wrote, and is not in force
NOT_READY = "docs/when-things-break.md#a-service-is-not-ready"


@record
class Answer:
    """What was found of a service, what it says itself, and whether it answers our calls."""

    findings: list[Finding]
    told: Told
    hears_us: bool = False


@record
class Asked:
    """The broker by which services are called, the ports of their probes, and the URL of these."""

    uri: str
    ports: Mapping[str, int]
    probes_url: str = probes.USUAL


def services(asked: Asked) -> Iterator[Finding]:
    """Whether each service answers a call, what is parked there, and whether notify would tell somebody; all
    are asked at once."""
    asking = eventlet.GreenPool().imap(partial(_service, asked), asked.ports)
    found = dict(zip(asked.ports, asking, strict=True))
    for each in found.values():
        yield from each.findings
    yield from _remarks(each.told for each in found.values())
    heard = [name for name, each in found.items() if each.hears_us]
    if "notify" in heard:
        yield hearers(Caller(asked.uri, "notify", ANSWER_WITHIN_S))
    if heard:
        yield _versions(dict(eventlet.GreenPool().imap(partial(_running, asked.uri), heard)))


def _service(asked: Asked, name: str) -> Answer:
    return _called(asked.uri, name, _told(asked, name))


def _told(asked: Asked, name: str) -> Told:
    return probes.ask(asked.probes_url, name, asked.ports[name])


def uncalled(asked: Asked) -> Iterator[Finding]:
    """What each service says of itself while the broker, by which it is called, is away."""
    asking = eventlet.GreenPool().imap(partial(_told, asked), asked.ports)
    told = dict(zip(asked.ports, asking, strict=True))
    for name, each in told.items():
        said = f"cannot be called without the broker; {each.why()}"
        state: State = "broken" if each.waits_for else "look"
        remedy = _remedy(each) if each.silent else "See to the broker first."
        yield Finding(name, state, said, remedy)
    yield from _remarks(told.values())


def _called(uri: str, name: str, told: Told) -> Answer:
    """Whether a call is answered; if not, what the service says of that itself."""
    try:
        parked = Caller(uri, name, ANSWER_WITHIN_S).list_parked(limit=LISTED)
    except Answered as problem:
        code, sentence = problem.reasons[0].code, problem.reasons[0].sentence
        refusing = Finding(name, "look", *_halves(f"refuses us ({code}): {sentence}"))
        return Answer(findings=[refusing], told=told)
    except (*REFUSALS, *CONNECTION_ERRORS, TimeoutError) as problem:
        if refused := refusal(problem.__cause__ or problem, uri):
            return Answer(findings=[Finding(name, "look", *_halves(refused))], told=told)
        said = f"{_sentence(problem)}; {told.why()}"
        return Answer(findings=[Finding(name, "broken", said, _remedy(told))], told=told)
    return Answer(findings=[_parked(name, len(parked), told)], told=told, hears_us=True)


def _parked(name: str, count: int, told: Told) -> Finding:
    if told.waits_for:
        return Finding(name, "broken", f"answers; {told.why()}", _remedy(told))
    many = f"{LISTED} or more" if count == LISTED else str(count)
    wait = "message waits" if count == 1 else "messages wait"
    parked = f"{many} {wait} for a person" if count else "nothing is parked"
    remedies = [f"`tenglong parked list {name} --by-cause`"] * bool(count)
    if told.silent:
        said = f"answers; {parked}; {told.why()}"
        return Finding(name, "look", said, " ".join([*remedies, _remedy(told)]))
    if count:
        return Finding(name, "look", f"answers; {parked}", *remedies)
    return Finding(name, "well", f"answers; {parked}; {told.why()}")


def _halves(sentence: str) -> tuple[str, str]:
    """What is so, and what to do."""
    said, _, remedy = sentence.partition(". ")
    return said, remedy


def _sentence(problem: BaseException) -> str:
    known = isinstance(problem, Unavailable)
    return str(problem) if known else f"{type(problem).__name__}: {problem}"


def _remedy(told: Told) -> str:
    if told.cure:
        return told.cure
    if told.silent:
        return f"Is it running? If its probes answer elsewhere than {told.at}: --probes."
    if told.waits_for:
        return f"Mend what it waits for: {NOT_READY}"
    return "It is ready, and calls do not reach it: look at the queue of its calls at the broker."


def _remarks(heard: Iterable[Told]) -> Iterator[Finding]:
    """What services remark upon, once where several say the same."""
    by: dict[tuple[str, str], list[str]] = {}
    for told in heard:
        for remark in told.remarks.items():
            by.setdefault(remark, []).append(told.at)
    for (part, said), places in by.items():
        state: State = "broken" if part in BROKEN else "look"
        remedy = "Mend it where they read it." if part in BROKEN else ""
        yield Finding(part, state, f"{', '.join(places)}: {said}", remedy)


def is_said_by(found: Finding, others: list[Finding]) -> bool:
    """Whether one of these says of the same subject what this one passes on."""
    return any(each.subject == found.subject and each.said in found.said for each in others)


def _running(uri: str, name: str) -> tuple[str, Counter[str]]:
    """How many processes of each version answer for a service; those of the older ones are not told apart."""
    versions: dict[str, str] = {}
    for _ in range(ASKED):
        try:
            told = Caller(uri, name, ANSWER_WITHIN_S).running()
            versions[told["process"]] = told["version"]
        except (BadRequest, RemoteError):  # it knows no such call
            versions[SILENT] = SILENT
        except (*REFUSALS, *CONNECTION_ERRORS, TimeoutError):
            break
    return name, Counter(versions.values())


def _versions(found: dict[str, Counter[str]]) -> Finding:
    said = "; ".join(
        f"{name}: {', '.join(f'{count} of {version}' for version, count in sorted(each.items()))}"
        for name, each in found.items()
    )
    versions = {version for each in found.values() for version in each}
    if not versions:
        remedy = "Let the operator ask: `tenglong grant operator`, again."
        return Finding("versions", "look", "no process tells us of which version it is", remedy)
    if len(versions) == 1:
        return Finding("versions", "well", said)
    remedy = "Finish the upgrade, or go back: docs/operations.md#upgrade."
    return Finding("versions", "look", f"two versions side by side: {said}", remedy)
