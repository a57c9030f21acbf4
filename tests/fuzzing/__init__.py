"""Real lists of real offices, spoilt in every way we could think of; the same seed spoils them the same way."""
