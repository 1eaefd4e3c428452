"""Text in, tags out: `tag()` is the door. Every tag carries its evidence."""
