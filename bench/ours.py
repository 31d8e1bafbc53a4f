"""Our contestant: a service on the backbone. `python -m bench.ours`"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - patched before everything else is imported, as in the services

eventlet.monkey_patch()

from typing import Any  # noqa: E402

from backbone import Collection, Store, hears, logs, reads  # noqa: E402
from backbone.host.entrypoints import bindings  # noqa: E402
from backbone.host.installation import Installation  # noqa: E402
from backbone.host.runner import run  # noqa: E402
from backbone.messages.contract import Contract  # noqa: E402
from backbone.settings import from_environment  # noqa: E402

from .contract import PlotReport  # noqa: E402
from .work import FEED, Plot, PlotRegistered  # noqa: E402


class Report(Contract, PlotReport):
    """The same, as our services load what they are told."""


class PlotsService:
    name = "plots"
    store = Store(
        Collection(Plot, key="plot_id", filters=("land_use",), orders=("area_m2",)),
        emits=(PlotRegistered,),
    )

    get_plot, list_plots, plot_history = reads(Plot)

    @hears("township", "plot.reported", Report)
    def register(self, event: Any) -> None:
        data = event.data
        known = self.store.get(Plot, data["plot_id"])
        plot = Plot(
            plot_id=data["plot_id"],
            area_m2=data["area_m2"],
            land_use=data["land_use"],
            in_zone=data["in_zone"],
            surveyed_on=data["surveyed_on"].isoformat(),
            reports=known.reports + 1 if known else 1,
        )
        self.store.save(plot)
        self.store.announce(
            PlotRegistered(plot_id=plot.plot_id, area_m2=plot.area_m2, land_use=plot.land_use)
        )


def installation() -> Installation:
    return Installation(
        settings=from_environment(),
        feeds=(FEED,),
        services=("plots",),
        heard=tuple(bindings(PlotsService)),
    )


if __name__ == "__main__":
    logs.configure("INFO", str)
    run([PlotsService], installation(), {"plots": 0})
