"""programs: forms by thing."""
