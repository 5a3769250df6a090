"""The home page: what waits for whom, the pipeline, search, navigation."""
