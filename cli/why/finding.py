"""Why a thing is as it is: its fields with what said them, the rules that judge it, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import eventlet
from nameko.exceptions import RemoteError

from backbone.errors import Answered, Permanent, Unavailable

from .kinds import judging, kinds

Ask = Callable[..., Any]
Say = Callable[[int, int], object]  # how many were asked, of how many
Question = TypeVar("Question")
Answer = TypeVar("Answer")
Ref = tuple[str, str, str]  # the service that keeps a thing, its kind, its id
# reads that say more of a thing than `rules_of`, and the fields that they ask for
READS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "listing": (("projects", "notice_course", ("listing_id",)),),
    "alert": (("notify", "explain", ("alert_id",)),),
}
# kinds of things whose rules are said with those of the thing that rests on them: the gates of a release
# with its listing, the criteria of low efficiency with the firm on the land
WITH = {"listing": ("case",), "enterprise": ("parcel",)}
MOST_WITH = 5
MOST_THINGS = 200
DEEPEST = 5
AT_ONCE = 8  # questions that are on their way to the services
STATES = ("state", "standing", "release", "stage", "verdict", "final_grade", "kind")
DAYS = ("done_on", "due_on")  # how a thing stands that has a day in the place of a state


@dataclass
class Search:
    """What was asked so far: as of which moment, and for the rules of which day. Each thing is shown once,
    where it is nearest; `missing` has for each service that did not answer why, and what is not shown for
    that; `left_out` counts what would be too much."""

    ask: Ask
    moment: dict[str, str]
    say: Say = lambda done, of: None
    day: dict[str, str] = field(default_factory=dict)
    seen: set[Ref] = field(default_factory=set)
    missing: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_out: int = 0

    def asked(self, ref: Ref, method: str, **arguments: Any) -> Any:
        """The answer, or none if the service does not answer, or has none."""
        service = ref[0]
        try:
            return self.ask(service, method, **arguments)
        except Unavailable as problem:
            self._miss(ref, str(problem))
        except (Permanent, RemoteError) as problem:
            self._miss(ref, f"{service} could not say it: {problem}")
        except Answered:  # there is none, or none is kept as of a moment
            pass
        return None

    def _miss(self, ref: Ref, why: str) -> None:
        service, kind, identity = ref
        told = {"service": service, "why": why, "things": []}
        things = self.missing.setdefault(service, told)["things"]
        if f"{kind} {identity}" not in things:
            things.append(f"{kind} {identity}")

    def thing(self, ref: Ref) -> Any:
        _, kind, identity = ref
        return self.asked(ref, "explain_thing", thing=kind, id=identity, **self.moment)

    def is_missing(self, ref: Ref) -> bool:
        service, kind, identity = ref
        return f"{kind} {identity}" in self.missing.get(service, {"things": ()})["things"]

    def rules(self, node: Node) -> Iterator[dict[str, Any]]:
        """What the rules say of the thing, today, at the moment or on the day, each with its source."""
        yield from self._rules_of(node.ref)
        clocks, (_, kind, _) = self.moment | self.day, node.ref
        for service, method, names in () if clocks else READS.get(kind, ()):
            given = {name: node.values.get(name) for name in names}
            by = (service, *node.ref[1:])
            answer = self.asked(by, method, **given) if all(given.values()) else None
            yield from (rule_of(f"{service}.{method}", node.ref, each) for each in _sourced(answer))
        beside = [each for each in node.named() if each[1] in WITH.get(kind, ())]
        for ref in beside[:MOST_WITH]:
            yield from self._rules_of(ref)

    def _rules_of(self, ref: Ref) -> Iterator[dict[str, Any]]:
        service, kind, identity = ref
        if service in judging():
            found = (
                self.asked(ref, "rules_of", thing=kind, id=identity, **self.moment, **self.day)
                or ()
            )
            yield from (rule_of(f"{service}.rules_of", ref, each) for each in found)

    def judge(self, nodes: Sequence[Node]) -> None:
        """Have each of them say its rules, unless it has some already or its service does not answer."""
        asked = [each for each in nodes if each.is_there and not each.rules]
        for node, rules in zip(
            asked, self._each(lambda one: [*self.rules(one)], asked), strict=True
        ):
            node.rules = rules

    def go_below(self, nodes: Iterable[Node]) -> None:
        """Give each of them the things that it rests on and that are not shown yet."""
        wanted: list[tuple[Node, Ref]] = []
        for node in nodes:
            for ref in node.rests_on():
                if ref in self.seen:
                    continue
                self.seen.add(ref)
                if len(self.seen) > MOST_THINGS:
                    self.left_out += 1
                else:
                    wanted.append((node, ref))
        refs = [ref for _, ref in wanted]
        for (node, ref), found in zip(wanted, self._each(self.thing, refs), strict=True):
            if found or self.is_missing(ref):
                node.parts.append(Node(ref, found))

    def _each(self, ask: Callable[[Question], Answer], of: Sequence[Question]) -> list[Answer]:
        """The answers in the order of the questions, of which some are asked at once."""
        answers: list[Answer] = []
        for answer in eventlet.GreenPool(AT_ONCE).imap(ask, of):
            answers.append(answer)
            self.say(len(answers), len(of))
        return answers


class Node:
    """A thing, what the rules say of it, and what it rests on: `also` on these. `found` is none where its
    service does not answer."""

    def __init__(self, ref: Ref, found: Any, also: Iterable[Ref] = ()) -> None:
        self.ref, self.is_there = ref, found is not None
        self.fields: list[dict[str, Any]] = found["fields"] if found else []
        self.values = {each["field"]: each["value"] for each in self.fields}
        self.also = tuple(also)
        self.rules: list[dict[str, Any]] = []
        self.parts: list[Node] = []

    def named(self) -> Iterator[Ref]:
        """The things whose ids stand in it, at whatever depth of its fields."""
        for kind, identity in dict.fromkeys(_ids_in(self.values)):
            for service, key in kinds().get(kind, ()):
                if key == f"{kind}_id" and (service, kind, identity) != self.ref:
                    yield service, kind, identity

    def rests_on(self) -> Iterator[Ref]:
        """Those, and the things through which its rules speak."""
        yield from self.also
        yield from self.named()
        for rule in self.rules:
            homes = [service for service, _ in kinds().get(rule["thing"], ())]
            if homes:
                own = self.ref[0] if self.ref[0] in homes else homes[0]
                yield own, rule["thing"], rule["thing_id"]

    def told(self) -> dict[str, Any]:
        """As a part of another: how it stands, and what said that."""
        service, kind, identity = self.ref
        by_name = {each["field"]: each for each in self.fields}
        states = [by_name[name] for name in STATES if name in by_name]
        days = [by_name[name] for name in DAYS if name in by_name and by_name[name]["value"]]
        stands = next(iter(states + days), None)
        return {
            "service": service,
            "thing": kind,
            "id": identity,
            "answers": self.is_there,
            **{name: stands and stands[name] for name in ("field", "value", "at", "by")},
            "rules": self.rules,
            "rests_on": [each.told() for each in self.parts],
        }


def explain(
    ask: Ask,
    service: str,
    kind: str,
    identity: str,
    as_of: str = "",
    depth: int = 1,
    say: Say = lambda done, of: None,
) -> dict[str, Any]:
    """The thing by `ask(service, method, **arguments)`, with `rules`, and `rests_on` so many levels deep.
    Raises what `ask` raises when there is no such thing; a service that does not answer is named in
    `missing`, with what is not shown for that."""
    moment = {"as_of": as_of} if as_of else {}
    search, ref = Search(ask, moment, say), (service, kind, identity)
    search.seen.add(ref)
    try:
        root = Node(ref, ask(service, "explain_thing", thing=kind, id=identity, **moment))
    except Unavailable:
        root = Node(ref, search.thing(ref))
    return walked(search, root, depth)


def walked(search: Search, root: Node, depth: int) -> dict[str, Any]:
    """The thing with what the rules say of it, and what it rests on so many levels deep."""
    service, kind, identity = root.ref
    level = [root]
    for _ in range(min(depth, DEEPEST)):
        search.judge(level)
        search.go_below(level)
        level = [part for node in level for part in node.parts]
    about = {"service": service, "thing": kind, "id": identity, "fields": root.fields}
    parts = root.told()
    return {
        **about,
        "rules": parts["rules"],
        "rests_on": parts["rests_on"],
        "missing": [*search.missing.values()],
        "left_out": search.left_out,
        "as_of": search.moment.get("as_of"),
    }


def rule_of(asked: str, ref: Ref, said: dict[str, Any]) -> dict[str, Any]:
    """A rule in one form, with what it is said of."""
    names = ("code", "rule_outcome", "sentence", "field", "source", "due_on", "thing", "thing_id")
    return {"asked": asked, "of": f"{ref[1]} {ref[2]}", **{name: said.get(name) for name in names}}


def _sourced(answer: Any) -> Iterator[dict[str, Any]]:
    """Whatever in an answer cites a source, with what it says."""
    if isinstance(answer, list):
        for each in answer:
            yield from _sourced(each)
    elif isinstance(answer, dict):
        if isinstance(answer.get("source"), str) and "sentence" in answer:
            yield answer | {"code": answer.get("code") or answer.get("kind")}
        else:
            for each in answer.values():
                yield from _sourced(each)


def _ids_in(value: Any) -> Iterator[tuple[str, str]]:
    """The kinds and ids that fields name, `case_id` and `lead_ids`, however deep they lie."""
    if isinstance(value, list):
        for each in value:
            yield from _ids_in(each)
    elif isinstance(value, dict):
        for name, held in value.items():
            if name.endswith(("_id", "_ids")):
                kind = name.removesuffix("s").removesuffix("_id")
                ids = held if isinstance(held, list) else [held]
                yield from ((kind, each) for each in ids if isinstance(each, str))
            elif isinstance(held, dict | list):
                yield from _ids_in(held)
