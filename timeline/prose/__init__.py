"""Prose: what an article, a filing or a press release prints, before anybody says which facts it reports.

A text becomes numbered paragraphs; in these every figure, date, period and streak is found with its place and read by
the parsers that fixtures are read by. Nothing here knows a topic, a company or a database.
"""
