"""The public section: what a visitor may see, read at each look from live consents."""
