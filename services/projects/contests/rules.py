"""What contests and entries must keep to. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from .contest import CONTEST_BOOK, ContestReport
from .entry import ContestEntry, EntryReport


@record
class Entering:
    """A report of an entry, its contest, what was known of it before, and the day in the park."""

    report: EntryReport
    contest_id: str
    contest: ContestReport
    known: ContestEntry | None
    today: date


def kind_is_listed(contest: ContestReport) -> Reason | None:
    """A contest of another kind would be found by nobody."""
    kinds = CONTEST_BOOK.on(contest.begins_on).contest_kinds
    if contest.contest_kind in kinds:
        return None
    sentence = f"Give one of these: {', '.join(kinds)}."
    return Reason("CONTEST_KIND_UNKNOWN", sentence, "contest_kind")


def names_differ(contest: ContestReport) -> Reason | None:
    """Rounds, tracks, cities and prizes are known again by their names."""
    for field, names in {
        "cities": contest.cities,
        "contest_rounds": [each.contest_round for each in contest.contest_rounds],
        "contest_tracks": contest.contest_tracks,
        "prizes": [each.prize for each in contest.prizes],
    }.items():
        if len({*names}) < len(names):
            return Reason("CONTEST_NAME_TWICE", "Give each a name of its own.", field)
    return None


def rounds_are_held_in_its_cities(contest: ContestReport) -> Reason | None:
    """A round is held in one of the places."""
    for number, each in enumerate(contest.contest_rounds):
        if each.city not in contest.cities:
            field = f"contest_rounds.{number}.city"
            return Reason("CITY_UNKNOWN", f"Give one of: {', '.join(contest.cities)}.", field)
    return None


CONTEST_RULES = (kind_is_listed, names_differ, rounds_are_held_in_its_cities)


def contest_stays(entering: Entering) -> Reason | None:
    """An entry of another contest has an id of its own."""
    if entering.known is None or entering.known.contest_id == entering.contest_id:
        return None
    sentence = f"It was recorded for {entering.known.contest_id}; give this one an id of its own."
    return Reason("ENTRY_OF_OTHER_CONTEST", sentence, "contest_id")


def track_is_of_the_contest(entering: Entering) -> Reason | None:
    """Where a contest has tracks, an entry is in one of them."""
    tracks = entering.contest.contest_tracks
    if entering.report.contest_track in (tracks or (None,)):
        return None
    sentence = f"Give one of: {', '.join(tracks)}." if tracks else "It has no tracks; leave it out."
    return Reason("CONTEST_TRACK_UNKNOWN", sentence, "contest_track")


def round_is_of_the_contest(entering: Entering) -> Reason | None:
    """How far an entry came is said by a round of the contest."""
    rounds = [each.contest_round for each in entering.contest.contest_rounds]
    if entering.report.contest_round in (None, *rounds):
        return None
    sentence = f"Give one of: {', '.join(rounds) or 'none; leave it out'}."
    return Reason("CONTEST_ROUND_UNKNOWN", sentence, "contest_round")


def city_is_of_the_contest(entering: Entering) -> Reason | None:
    """An entry was made in one of the places."""
    if entering.report.city in (None, *entering.contest.cities):
        return None
    return Reason("CITY_UNKNOWN", f"Give one of: {', '.join(entering.contest.cities)}.", "city")


def prize_is_of_the_contest(entering: Entering) -> Reason | None:
    """What was won is one of the prizes, whose condition then holds."""
    prizes = [each.prize for each in entering.contest.prizes]
    if entering.report.prize in (None, *prizes):
        return None
    sentence = f"Give one of: {', '.join(prizes) or 'none; leave it out'}."
    return Reason("PRIZE_UNKNOWN", sentence, "prize")


def prize_has_its_day(entering: Entering) -> Reason | None:
    """The months of a condition are counted from the day on which the prize was won."""
    if (entering.report.prize is None) == (entering.report.won_on is None):
        return None
    sentence = "Give the day on which the prize was won, and of nothing else."
    return Reason("PRIZE_DAY", sentence, "won_on")


def prize_was_won(entering: Entering) -> Reason | None:
    """What will be won has not been won."""
    won_on = entering.report.won_on
    if won_on is None or won_on <= entering.today:
        return None
    sentence = f"Today is {entering.today}; give a day that has come."
    return Reason("NOT_YET", sentence, "won_on")


def contest_had_begun(entering: Entering) -> Reason | None:
    """Nothing is won before the first day."""
    won_on = entering.report.won_on
    if won_on is None or entering.contest.begins_on <= won_on:
        return None
    sentence = f"The contest began on {entering.contest.begins_on}."
    return Reason("WON_BEFORE_CONTEST", sentence, "won_on")


ENTRY_RULES: tuple[Rule[Entering], ...] = (
    contest_stays,
    track_is_of_the_contest,
    round_is_of_the_contest,
    city_is_of_the_contest,
    prize_is_of_the_contest,
    prize_has_its_day,
    prize_was_won,
    contest_had_begun,
)


def rank_seems_given_once(entry: ContestEntry, others: list[ContestEntry]) -> Reason | None:
    """A warning: two entries of one track have one rank; contests may know ties."""
    mine = (entry.last.contest_track, entry.last.contest_rank)
    for each in others:
        theirs = (each.last.contest_track, each.last.contest_rank)
        if each.contest_entry_id != entry.contest_entry_id and theirs == mine and mine[1]:
            return Reason("RANK_TWICE", "Another entry of the track has this rank.", "contest_rank")
    return None
