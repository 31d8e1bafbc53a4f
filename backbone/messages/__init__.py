"""What services send each other: events, their contracts, and messages on their way out."""
