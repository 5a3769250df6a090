"""Separation of duties: access of those who approve, sign or administer is asked by one and released by another."""
