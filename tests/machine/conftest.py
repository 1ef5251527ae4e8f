"""How long the machine runs: for seconds, unless asked as in `pytest tests/machine --hypothesis-profile=long`."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "long",
    deadline=None,
    max_examples=7 * 1500,
    stateful_step_count=4 * 25,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
