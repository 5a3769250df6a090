"""Pairs and groups: proposal, answers, decisions of the council, assignment, matching (п. 2.3, 3.5, 6)."""
