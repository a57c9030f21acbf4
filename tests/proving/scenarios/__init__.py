"""One module for each thing that goes wrong on purpose."""
