"""Search: what can be found, how words are folded, and the index that the browser reads."""
