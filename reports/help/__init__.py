"""Help: topics by role from Markdown, the glossary, a word about a page on first sight."""
