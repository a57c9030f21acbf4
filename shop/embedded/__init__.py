"""PostgreSQL and Valkey from their wheels, for a machine that has neither."""
