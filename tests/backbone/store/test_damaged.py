"""What cannot be read says which thing and which key, and hides no other."""

from __future__ import annotations

import pytest

from backbone.errors import Damaged
from backbone.store.unit_of_work import UnitOfWork

from .plots import START, Plot, commit, plot


@pytest.mark.parametrize(
    "document",
    [
        b"rubbish", b"", b"1", b"1 2023-08-01", b"x 2023-08-01 {}", b"1 2023-08-01 {", b"1 2023-08-01 {}",
        b"1 \xff {}",
        b'1 2023-08-01 {"plot_id": "p", "town": 7, "area_m2": "1"}', b"1 2023-08-01 []", b"1 2023-08-01 \xff",
    ],
)  # fmt: skip
def test_a_damaged_document_says_which_thing_and_which_key_cannot_be_read(
    repository, redis, document
):
    commit(repository, plot())
    redis.set("{land}:plot:p", document)

    for read in (
        lambda: repository.load(Plot, "p"),
        lambda: repository.page(Plot, {"town": "a"}),
        lambda: UnitOfWork(repository).get(Plot, "p"),
    ):
        with pytest.raises(
            Damaged, match=r"The plot p cannot be read: .* \{land\}:plot:p is damaged"
        ):
            read()


def test_a_key_that_holds_something_else_is_damaged_and_not_a_defect_of_ours(repository, redis):
    commit(repository, plot())
    redis.delete("{land}:plot:p")
    redis.rpush("{land}:plot:p", "x")

    with pytest.raises(Damaged, match=r"\{land\}:plot:p is damaged"):
        repository.load(Plot, "p")


@pytest.mark.parametrize(
    "entry", ["{", "3", "[1]", '{"version": 1}', '[1, "", ["s", "i", "t"], 5, []]']
)
def test_a_damaged_history_names_its_key(repository, redis, entry):
    commit(repository, plot())
    redis.rpush("{land}:changes:plot:p", entry)

    for read in (lambda: repository.history(Plot, "p"), lambda: repository.as_of(Plot, "p", START)):
        with pytest.raises(Damaged, match=r"\{land\}:changes:plot:p is damaged"):
            read()


@pytest.mark.parametrize(
    "entry", [{"change": "{"}, {"change": "3"}, {"else": "{}"}, {"change": "{}"}]
)
def test_a_damaged_history_of_an_earlier_version_names_its_key(repository, redis, entry):
    redis.xadd("{land}:history:plot:p", entry)

    for read in (lambda: repository.history(Plot, "p"), lambda: repository.as_of(Plot, "p", START)):
        with pytest.raises(Damaged, match=r"\{land\}:history:plot:p is damaged"):
            read()


@pytest.mark.parametrize("form", ["history", "changes"])
def test_a_history_key_that_holds_something_else_is_damaged(repository, redis, form):
    redis.set(f"{{land}}:{form}:plot:p", "x")

    with pytest.raises(Damaged, match=rf"\{{land\}}:{form}:plot:p is damaged"):
        repository.history(Plot, "p")
