"""Copies of the policy to print, edit, fill in and reuse, made from the Library like the site."""
