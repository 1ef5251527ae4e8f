"""Moving a log from one database to another."""
