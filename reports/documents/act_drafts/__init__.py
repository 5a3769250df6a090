"""Drafts of local acts: written and discussed by the curator and the council, then approved (п. 3.5)."""
