"""Django's PostgreSQL with statements of any length (decision 0092)."""
