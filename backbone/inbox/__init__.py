"""What becomes of a message that arrives: decoded, decided, committed, then acknowledged."""
