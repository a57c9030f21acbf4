"""The room of money: what needs a person, refunds that wait, transfers, cash."""
