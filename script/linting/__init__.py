"""What ``script/lint`` checks beside ruff and mypy, and what it remembers of older code."""
