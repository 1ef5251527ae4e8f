"""`python -m timeline.cli`, where the console script is not on the path."""

import sys

from timeline.cli import main

sys.exit(main())
