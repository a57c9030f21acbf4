"""The office's room of certificates: finding one, its page, and what may be done to it."""
