"""A citation as a reference.

Chicago, BibTeX, RIS, CSL-JSON, tags for reference managers, JSON-LD.
"""
