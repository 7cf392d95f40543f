"""Settings of all tests: property tests have no deadline, because a shared machine has slow moments."""

from hypothesis import settings

settings.register_profile("oncue", deadline=None)
settings.load_profile("oncue")
