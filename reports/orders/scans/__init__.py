"""Stacks of scans, sorted by the codes of their sheets."""
