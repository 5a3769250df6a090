"""Long lists as XLSX, made in the background: asked for, built with progress, told on the home page, gone in a day."""
