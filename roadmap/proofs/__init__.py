"""Which kinds of records may prove a line of the plan or a duty, and what they prove already (п. 3.4)."""
