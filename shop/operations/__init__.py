"""What an operator, a monitor or an outside tester may rely on: see docs/OPERATIONS.md."""
