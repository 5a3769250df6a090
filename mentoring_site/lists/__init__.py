"""Filters of lists that a person keeps: those of the last time, and those under a name."""
