"""What machines ask of the shop: is it alive, is it ready, and what providers report."""
