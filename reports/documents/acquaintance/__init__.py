"""The overview of everything that people have to read."""
