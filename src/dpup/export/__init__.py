"""Copies to print, edit, fill in and reuse, made from the same Library as the site."""
