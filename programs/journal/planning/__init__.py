"""Meetings that are planned before they are held: one or a series, moved, cancelled, answered (п. 2.3, 4.2)."""
