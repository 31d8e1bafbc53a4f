"""A command whose commit meets that of another is decided anew, by the request that it was given."""

from __future__ import annotations

import inspect
from contextlib import suppress
from typing import Any

import pytest

from backbone.errors import Answered
from backbone.rpc import methods
from backbone.testing import Rehearsal
from services.installation import HOMES, classes
from tests.contracts.test_any_call import FITTING
from tests.notify.conftest import Postman
from tests.parcels.others import Enterprises, Projects
from tests.projects.conftest import LandRegister

BESIDE: dict[str, dict[str, Any]] = {
    "parcels": {"enterprises": Enterprises(), "projects": Projects()},
    "projects": {"parcels": LandRegister()},
    "notify": {"channels": Postman()},
}
COMMANDS = [
    (cls, name)
    for cls in classes(HOMES)
    for name, method in inspect.getmembers(cls, inspect.isfunction)
    if name in FITTING and getattr(getattr(method, "call", None), "writes", False)
]


class Kept(dict[str, Any]):
    """A request that nobody changes; a copy of it is a plain one."""

    def _is_changed(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("The command changes its request; let it take a copy: dict(request).")

    pop = popitem = update = setdefault = clear = _is_changed
    __setitem__ = __delitem__ = __ior__ = _is_changed


def test_there_are_commands_of_every_service():
    assert {cls.name for cls, _ in COMMANDS} == {cls.name for cls in classes(HOMES)}


@pytest.mark.parametrize(("cls", "name"), COMMANDS, ids=lambda each: getattr(each, "name", each))
def test_a_command_leaves_its_request_as_it_was_given(cls, name, monkeypatch):
    real = methods.arguments
    monkeypatch.setattr(methods, "arguments", lambda *given: Kept(real(*given)))
    service = Rehearsal(cls, **BESIDE.get(cls.name, {}))

    with suppress(Answered):
        service.call(name, **FITTING[name])
