"""Tables: CSV, JSON Lines and JSON documents; rows by the names of their columns."""
