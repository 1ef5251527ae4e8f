"""The store on a PostgreSQL server; needs the extra `postgres`, imported only where a URL names such a server."""
