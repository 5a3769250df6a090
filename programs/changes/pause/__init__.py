"""Suspension and resumption of a running program."""
