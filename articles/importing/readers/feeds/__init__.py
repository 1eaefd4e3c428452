"""Feeds from a file: RSS and Atom."""
