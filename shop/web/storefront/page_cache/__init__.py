"""Public pages as they were made a moment ago: found by address before anything is asked about the visitor."""
