"""Detached qualified signatures (63-ФЗ)."""
