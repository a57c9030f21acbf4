"""A file of an office, opened safely: recognised by content, read in a child process with limits."""
