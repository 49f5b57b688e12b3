"""Makers of files that no library writes."""
