"""Surveys: forms as data, who is asked and when, answers with a name or without one, what they add up to (п. 3.4)."""
