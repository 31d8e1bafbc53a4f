"""`tenglong`: the operators' commands, in groups."""

from __future__ import annotations

import sys

import typer

from backbone import settings
from backbone.amqp import frames
from backbone.testing import transport as embedded

from . import contracts, installation, store
from .alarms.command import alarms
from .backup import commands as backups
from .bidding import commands as bidding
from .call import call
from .clauses import commands as clauses
from .codes.command import codes
from .console import err
from .diff import commands as diff
from .doctor.command import doctor
from .due.command import due
from .evaluation import commands as evaluation
from .grant import commands as grant
from .handin import commands as handin
from .heartbeat.command import heartbeat
from .land import soil
from .land.totals import totals
from .notices import commands as notices
from .overview.command import overview
from .parked import commands as parked
from .plan import commands as plan
from .plot.command import plot
from .prospect import commands as prospect
from .publish import publish
from .reconcile.commands import reconcile
from .report import commands as report
from .responses import commands as responses
from .rules import commands as rules
from .whatif import commands as whatif
from .why.command import explain
from .year import commands as year

app = typer.Typer(
    help="Tenglong: an event-driven platform for the land business of an industrial park.\n\n"
    "Commands reach the broker that AMQP_URI names. To run services: `python -m services parcels`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
WORK, REPAIR, INSTALLATION = "Publish and call", "When things break", "The installation"

app.command(rich_help_panel=WORK)(publish)
app.command(rich_help_panel=WORK)(call)
app.command(rich_help_panel=WORK)(totals)
app.command(rich_help_panel=WORK)(overview)
app.add_typer(report.app, name="report", rich_help_panel=WORK)
app.command(rich_help_panel=WORK)(explain)
app.add_typer(diff.app, name="diff", rich_help_panel=WORK)
app.add_typer(rules.app, name="rules", rich_help_panel=WORK)
app.add_typer(whatif.app, name="what-if", rich_help_panel=WORK)
app.add_typer(soil.app, name="soil", rich_help_panel=WORK)
app.add_typer(handin.app, name="import", rich_help_panel=WORK)
app.command(rich_help_panel=WORK)(plot)
app.command(rich_help_panel=WORK)(due)
app.add_typer(notices.app, name="notices", rich_help_panel=WORK)
app.add_typer(clauses.app, name="clauses", rich_help_panel=WORK)
app.add_typer(bidding.app, name="bidding", rich_help_panel=WORK)
app.add_typer(plan.app, name="plan", rich_help_panel=WORK)
app.add_typer(evaluation.app, name="evaluation", rich_help_panel=WORK)
app.command(rich_help_panel=WORK)(codes)
app.command(rich_help_panel=WORK)(prospect.handbook)
app.add_typer(prospect.app, name="prospect", rich_help_panel=WORK)
app.add_typer(year.app, name="year", rich_help_panel=WORK)
app.add_typer(responses.app, name="township", rich_help_panel=WORK)
app.add_typer(parked.app, name="parked", rich_help_panel=REPAIR)
app.add_typer(store.app, name="store", rich_help_panel=REPAIR)
app.command(rich_help_panel=REPAIR)(backups.backup)
app.command("restore", rich_help_panel=REPAIR)(backups.put_back)
app.command(rich_help_panel=REPAIR)(reconcile)
app.command(rich_help_panel=INSTALLATION)(doctor)
app.command(rich_help_panel=INSTALLATION)(heartbeat)
app.command(rich_help_panel=INSTALLATION)(alarms)
app.command(rich_help_panel=INSTALLATION)(installation.topology)
app.add_typer(grant.app, name="grant", rich_help_panel=INSTALLATION)
app.add_typer(contracts.app, name="contracts", rich_help_panel=INSTALLATION)
app.command("settings", rich_help_panel=INSTALLATION)(installation.show_settings)


def main(arguments: list[str]) -> None:
    """Run the command that the arguments are. Settings that cannot be used end with exit code 2."""
    embedded.register()
    try:
        frames.install()
        app(arguments, prog_name="tenglong")
    except settings.Unusable as problem:
        err.print(f"[red]These settings cannot be used:[/] {problem}")
        sys.exit(2)
