"""Lists that the school edits: forms and kinds of mentoring, templates of typical programs (п. 2.3)."""
