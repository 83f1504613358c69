"""How the policy changes: what differs between two states of it, and what that calls for."""
