"""What a result shows of an article: the passages that answer the search, its words marked in them and in the title.

needles.py says what is looked for, finding.py where it stands, passages.py which passages show it best, edges.py where
they begin and end, html.py how they are written; marking.py is the door.
"""
