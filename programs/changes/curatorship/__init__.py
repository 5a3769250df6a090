"""A program at work handed over to another curator: no order, one act, letters to all whom it concerns (п. 3.4)."""
