"""The Data Protection and Use Policy as data: load it, check it, render it."""
