"""people: forms by thing."""
