"""Running the shop: its processes, their supervisor and what must hold before they start."""
