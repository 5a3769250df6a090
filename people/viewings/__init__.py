"""Who looked at whose private data and when, shown to the person (152-ФЗ, ст. 19, ч. 2, п. 8)."""
