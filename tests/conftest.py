"""Settings of all tests.

Property tests have no deadline, because a shared machine has slow moments. Where ``CI`` is set they try the same
examples in each run, so that a run fails because of what was changed; everywhere else they try others each time, and
find more.
"""

import os

from hypothesis import settings

settings.register_profile("oncue", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("oncue")
