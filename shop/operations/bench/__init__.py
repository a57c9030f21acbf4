"""`make bench`: what each kind of page costs, on servers of its own, beside a page that costs nothing."""
