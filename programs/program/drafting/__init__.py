"""Drafting of a program by its people, the special term (п. 1.2, 2.3, 5.1)."""
