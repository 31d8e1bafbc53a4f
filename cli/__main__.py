"""`tenglong …`, or `python -m cli …`: the operators' commands."""

from __future__ import annotations

import os
import sys
import warnings

# It tells at every import that it is kept in bugfix mode only; docs/decisions says why we use it.
warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

from backbone.host import resolver  # noqa: E402 - the filter comes first

os.environ.update(resolver.WITHOUT_DNSPYTHON)

import eventlet  # noqa: E402 - it reads the environment

eventlet.monkey_patch()  # before everything else is imported: nameko's client waits in green threads
resolver.install()

from cli.app import main  # noqa: E402

if __name__ == "__main__":
    main(sys.argv[1:])
