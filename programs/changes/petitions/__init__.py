"""Requests in confidence: a mentee asks for another mentor (п. 5.1), a mentor to be relieved (п. 4.1)."""
