"""Hypothesis profiles: the same examples at every run, so that a red one repeats; `dev` looks for new ones.

Run `pytest --hypothesis-profile=dev` while changing the code.
"""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("steady")
