"""Orders of the director: drafted from facts, visaed, frozen for the pen, registered; only registration enacts."""
