"""programs: views by thing."""
