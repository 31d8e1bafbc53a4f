"""The broker in memory, for tests and for a first look."""
