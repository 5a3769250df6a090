"""A changed sample is offered to programs that began with it; taken, it becomes an amendment as any other (п. 7.2)."""
