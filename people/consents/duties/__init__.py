"""What the operator owes to a person by a day or an hour: one row for each term of law (people/consents/terms)."""
