"""A person's photograph for the public section: shown only while the person lets it stand there (152-ФЗ, ст. 10.1)."""
