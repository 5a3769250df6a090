"""Pairs and programs that already exist on paper, entered with their real dates."""
