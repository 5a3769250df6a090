"""What waits for people, by thing."""
