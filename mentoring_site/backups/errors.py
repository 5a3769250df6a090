"""What stops a backup or a restore."""


class BackupError(Exception):
    """A Russian sentence that says what is wrong and what to do."""
