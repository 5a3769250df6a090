"""Encouragement of a colleague (п. 4.2), an incentive for a mentor (п. 3.5): proposed, decided, drafted as an order."""
