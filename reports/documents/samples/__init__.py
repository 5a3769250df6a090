"""One of every paper, for looking through."""
