"""Backups: made nightly and before every migration, verified, restored into an empty place.

One backup is one tar file, encrypted or not: the files of people, a snapshot of the database of the same moment, and
a manifest with counts and a SHA-256 of each. ``docs/operations.md`` tells how to keep and to restore them.
"""
