"""Haystack's SearchQuerySet over our own engines: its filters become our tree, its raw queries go through our grammar.

Hidden articles are never found by it: who may see them searches with articles.search.search().
"""
