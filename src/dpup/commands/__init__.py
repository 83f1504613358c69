"""The commands of ``dpup``. Nothing else prints."""
