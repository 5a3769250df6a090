"""Registration of a signed order, its number, the journal."""
