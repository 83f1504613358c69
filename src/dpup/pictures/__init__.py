"""The pictures: the Library drawn for those who would rather look than read."""
