"""The end of a pair that has no approved program."""
