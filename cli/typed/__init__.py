"""The typed client's own files, from the contracts of the calls."""

from .modules import HOME as HOME
from .modules import modules as modules
