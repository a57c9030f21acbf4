"""Changes made while visitors look, and visitors who say when a page was behind for longer than is promised."""
