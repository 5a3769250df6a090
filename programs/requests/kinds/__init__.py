"""The kinds of requests: a module for each, or a package with a module ``kind`` (docs/adding-a-request-kind.md)."""
