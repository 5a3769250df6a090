"""What the school's people learn: courses, stages, seminars, self-education, with hours and documents (п. 3.3, 3.4)."""
