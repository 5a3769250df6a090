"""reports: forms by thing."""
