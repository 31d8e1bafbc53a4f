"""Calls: what a method does, the server, the caller, and what operators may ask of every service."""
