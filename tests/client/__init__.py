"""The client that internal systems and townships take along."""
