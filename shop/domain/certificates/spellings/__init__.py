"""Single things in every spelling offices use: stars, days, scores, places, authorities, names."""
