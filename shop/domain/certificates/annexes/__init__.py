"""What an annex of a recognition decision says: sheets in, entries and problems out. No database, no clock."""
