"""Monitoring of the system of mentoring for a school year or a half of one: gathered, weighed, concluded (п. 3.4)."""
