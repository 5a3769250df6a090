"""Requests, proposals and statements of people: one engine, a kind is a module in ``kinds/`` (п. 1.4, 2.3, 4, 5).

docs/adding-a-request-kind.md says how a kind is added.
"""
