"""Papers beside the orders: local acts, acquaintance overview, packages, samples, verification of hashes."""
