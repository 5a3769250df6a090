"""What the choice of pairs goes by: how much a criterion counts, what people wish in confidence (п. 3.5, 6.1)."""
