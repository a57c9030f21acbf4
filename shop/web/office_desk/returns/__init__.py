"""The room of returns: what buyer and producer do not agree on, with its clock."""
