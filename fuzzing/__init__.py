"""Hostile input: each reader of this program is fed what nobody would write, guided by the code that it reaches.

    python -m fuzzing dates --runs 100000     one target
    python -m fuzzing all --runs 10000        all of them, so often each

Needs `atheris` (`pip install "corporate-timeline[fuzz]"`). A target is a module of `fuzzing.targets`. An input is a
defect where it ends with an exception that no caller is told to expect, takes longer than `fuzzing.harness.SECONDS`,
needs more memory than `fuzzing.harness.MEMORY`, or has a file written that it may not write. What was found stays in
`tests/fuzzing/found` and is tried again by the tests.
"""
