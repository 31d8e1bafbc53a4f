"""`tenglong …`, or `python -m cli …`: the operators' commands."""

from __future__ import annotations

import sys
import warnings

# It tells at every import that it is kept in bugfix mode only; docs/decisions says why we use it.
warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - the filter comes first

eventlet.monkey_patch()  # before everything else is imported: nameko's client waits in green threads

from cli.app import main  # noqa: E402

if __name__ == "__main__":
    main(sys.argv[1:])
