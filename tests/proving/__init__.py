"""`make prove`: what goes wrong on purpose, once without its guard and once with it. `make soak`: the same for long."""
