"""Papers as PDF: what a paper is made of (`document`), and drawing it (`drawing`)."""
