"""The topics: each module here that exports `TOPIC` is one part of the domain; the catalog finds them."""
