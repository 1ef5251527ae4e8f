"""From files to reports: reads what people write and says everything that is wrong with it, each mistake in its place.

Nothing here touches a database; whether a company exists or a source is already known is for the load to say.
"""
