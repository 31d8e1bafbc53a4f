"""What is said between services: events, their contracts, and messages on their way in and out."""
