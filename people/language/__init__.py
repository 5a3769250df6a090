"""Names, posts and departments in their cases, and texts that name somebody."""
