"""Logins of persons: invitations, second factor, throttling of guesses, simple electronic signatures."""
