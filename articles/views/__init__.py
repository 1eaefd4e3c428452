"""Pages. Each asks the front door of search or the database and renders; no page knows an engine."""
