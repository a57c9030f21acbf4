"""Who is looking: one package per audience, deaf to each other."""
