"""Withdrawals of consents and what is due after each (152-ФЗ, ст. 10.1, 21)."""
