"""Persons, their employments and corrected forms of their names."""
