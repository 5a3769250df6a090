"""Drafts of orders: composing, editing, visas, what can go into an order now."""
