"""Pieces that every page is made of: values for the components (``elements``) and long lists (``list_page``)."""
