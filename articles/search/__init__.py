"""The front door of search: pages, exports and commands come in here and nowhere behind it."""
