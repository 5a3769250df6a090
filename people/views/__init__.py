"""people: views by thing."""
