"""Minutes of the methodical council: agenda, decisions, extracts (п. 3.5)."""
