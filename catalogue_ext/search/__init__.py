"""Search of our own on PostgreSQL: folded and exact text side by side, and a speller for slips of the finger."""
