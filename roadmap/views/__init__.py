"""Pages of the roadmap, of its tasks and of the Положение."""
