"""The demo school: believable, fictional, the same each time, relative to today; built through the acts themselves."""
