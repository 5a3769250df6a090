"""A mentee takes part in a contest, conference or event: recommended, prepared, its result (п. 3.5, 4.2)."""
