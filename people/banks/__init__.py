"""Banks of mentees and mentors: candidates, their questionnaires, decisions, yearly review (п. 3.3–3.5, 6.1)."""
