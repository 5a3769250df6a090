"""reports: views by thing."""
