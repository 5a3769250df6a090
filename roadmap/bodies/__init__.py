"""The school's collegial bodies and who sits in them: councils, the association of mentors, the union (п. 3.4, 3.5)."""
