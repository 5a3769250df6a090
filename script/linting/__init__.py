"""What ``script/lint`` checks besides ruff and mypy, and what it remembers of older code."""
