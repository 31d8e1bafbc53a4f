"""The figures of the overview, reckoned once more from a plain list of what arrived when.

Nothing here imports the services: what they count by is read from their rulebooks, as anybody could."""
