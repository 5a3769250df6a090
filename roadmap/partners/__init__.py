"""Partners of the school: organisations, agreements, networks, contacts of the region, talks (п. 3.3, 3.4)."""
