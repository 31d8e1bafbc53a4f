"""Contracts that write themselves: from handlers, facts and calls to JSON Schema, AsyncAPI and pages."""
