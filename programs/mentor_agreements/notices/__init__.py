"""Notices of an early end: the mentor refuses, or the employer cancels (ТК 351.8)."""
