"""Tasks of the mentor between meetings: what, till when, done with evidence, accepted or returned (п. 4.1, 5.2)."""
