"""`tenglong parked`: messages that failed for a reason of ours and wait for a person."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from ..ask import Service, call, known
from ..ask import show as show_answer
from ..console import err, out
from ..given import text_of
from . import bulk, finding, shown

SOMETHING_IS_LEFT = 3  # 1 is what could not be asked or was refused, 2 a wrong option
app = typer.Typer(
    help="Messages that are parked, for a person: list, show, replay, edit, discard. What is done with many "
    "ends with 0 when nothing of it is left, with 3 when something is, with 1 when the service does not "
    "answer.",
    no_args_is_help=True,
)
By = Annotated[str, typer.Option(help="who does this; it stays on record")]
Json = Annotated[bool, typer.Option("--json", help="for programs")]
One = Annotated[str, typer.Argument(help="one message, or --cause", metavar="PARKED_ID")]
Cause = Annotated[str, typer.Option(help="all with this cause, such as RuntimeError")]
Dry = Annotated[bool, typer.Option("--dry-run", help="only say what would become of each now")]
Rate = Annotated[float, typer.Option(help="messages a second, at the most", min=0.1)]


@app.command("list")
def parked_list(
    service: Service,
    heads: Annotated[
        bool,
        typer.Option("--heads", help="those that wait for nobody, the most waited for first"),
    ] = False,
    by_cause: Annotated[bool, typer.Option("--by-cause", help="how many of each cause")] = False,
    cause: Annotated[str, typer.Option(help="only those with this cause")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="all that is known of each")] = False,
    limit: Annotated[int, typer.Option(help="so many at the most", min=1)] = 100,
) -> None:
    """What is parked, oldest first. Begin with --by-cause, then look at --heads: what waits behind
    another (WAITS_BEHIND) follows it by itself."""
    if by_cause and heads:
        raise typer.BadParameter("give --heads or --by-cause")
    if not by_cause and not heads:
        found, more = finding.first(known(service), cause, limit)
    else:
        # what is waited for may have another cause than those that wait
        entries = finding.everything(known(service), cause)
        found = finding.by_cause(entries) if by_cause else finding.heads(entries)
        found, more = found[:limit], len(found) > limit
        if not cause:
            shown.name_held(finding.held_from_elsewhere(entries))
    if more:
        err.print(f"These are the first {limit}; there are more: --limit")
    if as_json:
        out.print_json(data=found)
    else:
        out.print(shown.grouped(found) if by_cause else shown.listed(found))


@app.command()
def show(
    service: Service,
    parked_id: str,
    body: Annotated[bool, typer.Option("--body", help="its body alone, to be edited")] = False,
) -> None:
    """One message, as JSON: its bytes, its headers, its cause."""
    found = call(service, "show_parked", parked_id=parked_id)
    if body:
        sys.stdout.write(found["text"])
    else:
        out.print_json(data=found)


@app.command()
def replay(
    service: Service,
    by: By,
    parked_id: One = "",
    cause: Cause = "",
    dry_run: Dry = False,
    per_second: Rate = 5,
    as_json: Json = False,
) -> None:
    """Send it back to its queue as it was; those that wait behind it follow, in order. With --cause all
    that have it and wait for nobody, slowly.

    --dry-run says of each what would become of it now: accepted, duplicate or refused (it would be over);
    parked (it would fail again), kept (a replay refuses it) or waits (something would be left: ends with 3).
    """
    _one_of(parked_id, cause)
    if dry_run:
        _judge(service, _chosen(service, parked_id, cause), as_json)
    elif parked_id:
        show_answer(service, "replay_parked", parked_id=parked_id, by=by)
    else:
        _replay_many(service, cause, by, per_second, as_json)


@app.command("replay-all")
def replay_all(
    service: Service,
    by: By,
    cause: Annotated[str, typer.Option(help="only those with this cause")] = "",
    dry_run: Dry = False,
    per_second: Rate = 5,
    as_json: Json = False,
) -> None:
    """Send all back, slowly. It may be broken off and started again at any time: what has gone has
    gone, what is left is still parked. What waits behind another follows it by itself."""
    if dry_run:
        _judge(service, bulk.to_replay(known(service), cause), as_json)
    else:
        _replay_many(service, cause, by, per_second, as_json)


@app.command()
def edit(
    service: Service,
    parked_id: str,
    body: Annotated[str, typer.Argument(help="the new body, or @file")],
    by: By,
    reason: Annotated[str, typer.Option(help="why; it stays on record beside the old bytes")],
) -> None:
    """Replace its body. It keeps its event id, its headers and its place, gets a new parked id, and
    waits to be replayed."""
    text = text_of(body)
    show_answer(service, "edit_parked", parked_id=parked_id, body=text, by=by, reason=reason)


@app.command()
def discard(
    service: Service,
    by: By,
    reason: Annotated[str, typer.Option(help="why; a township reads it in its receipt")],
    parked_id: One = "",
    cause: Cause = "",
    dry_run: Dry = False,
    per_second: Rate = 5,
    as_json: Json = False,
) -> None:
    """Give it up for good. With --cause all that have it, slowly; what waits behind them goes on.

    --dry-run says of each what would become of it if it were sent back instead, and ends with 3 if one would
    be accepted now: that one is better replayed.
    """
    _one_of(parked_id, cause)
    if dry_run:
        chosen = (
            _chosen(service, parked_id, cause) if parked_id else bulk.to_discard(service, cause)
        )
        _judge(service, chosen, as_json, gives_up=True)
    elif parked_id:
        show_answer(service, "discard_parked", parked_id=parked_id, by=by, reason=reason)
    else:
        chosen = bulk.to_discard(known(service), cause)
        given = {"by": by, "reason": reason}
        done = bulk.each_in_turn(service, "discard_parked", chosen.entries, per_second, **given)
        _tell("discarded", done, 0, as_json)


@app.command()
def audit(
    service: Service,
    limit: Annotated[int, typer.Option(help="so many at the most", min=1)] = 100,
) -> None:
    """What operators did with parked messages, and because a store was put back, newest first, as JSON."""
    show_answer(service, "parked_audit", limit=limit)


def _one_of(parked_id: str, cause: str) -> None:
    if bool(parked_id) == bool(cause):
        raise typer.BadParameter("give the id of a parked message, or --cause; see parked list")


def _chosen(service: str, parked_id: str, cause: str) -> bulk.Chosen:
    if cause:
        return bulk.to_replay(known(service), cause)
    found = call(service, "show_parked", parked_id=parked_id)
    return bulk.Chosen([found | {"waiting": 0}], [])


def _replay_many(service: str, cause: str, by: str, per_second: float, as_json: bool) -> None:
    chosen = bulk.to_replay(known(service), cause)
    done = bulk.each_in_turn(service, "replay_parked", chosen.entries, per_second, by=by)
    _tell("replayed", done, len(chosen.held_up), as_json)


def _judge(service: str, chosen: bulk.Chosen, as_json: bool, *, gives_up: bool = False) -> None:
    """Show what would become of them, and end."""
    verdicts = bulk.judged(known(service), chosen.entries)
    groups, held_up = bulk.counted(verdicts), len(chosen.held_up)
    if as_json:
        out.print_json(data={"outcomes": groups, "judged": verdicts, "waits_behind": held_up})
    else:
        out.print(shown.judged(groups))
        behind = sum(each["waiting"] for each in verdicts)
        out.print(f"{len(verdicts)} judged; {behind} wait behind them; nothing was done")
        if held_up:
            err.print(f"{held_up} more with this cause wait behind others and would not be touched")
    taken = any(each["outcome"] == "accepted" for each in verdicts)
    left = held_up or any(each["outcome"] not in bulk.OVER for each in verdicts)
    raise typer.Exit(SOMETHING_IS_LEFT if (taken if gives_up else left) else 0)


def _tell(verb: str, done: bulk.Done, waiting: int, as_json: bool) -> None:
    """Show what was done, and end."""
    if as_json:
        told: dict[str, Any] = asdict(done)
        told["left"] = [{"parked_id": each, "why": why} for each, why in done.left.items()]
        out.print_json(data={verb: told.pop("done"), **told, "waits_behind": waiting})
    else:
        shown.done(verb, done, waiting)
    if done.silent:
        raise typer.Exit(1)
    raise typer.Exit(SOMETHING_IS_LEFT if done.left or waiting else 0)
