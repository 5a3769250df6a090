"""Requests of persons about their data, breaches that the school finds itself, leaks (152-ФЗ, ст. 14, 20, 21)."""
