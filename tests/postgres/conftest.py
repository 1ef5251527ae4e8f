"""A server, and a schema on it for each test."""

from tests.served import postgres_server, schema

__all__ = ["postgres_server", "schema"]
