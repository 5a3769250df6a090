"""The text of an order read before the pen: leftovers of a template, doubtful citations, numbers that disagree."""
