"""Saved web pages: HTML as saved by a browser, and MHTML around it."""
