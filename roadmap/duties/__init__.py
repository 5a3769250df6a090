"""Duties of the year that come back by themselves: a template, and one occurrence for each of its dates (п. 3.4)."""
