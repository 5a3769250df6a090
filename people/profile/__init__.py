"""The list of people and the page of one person, with blocks that other features register."""
