"""How a nameko service stands on the backbone, and how it is run."""
