"""`python3 -m tests`: prepare the environment once, then run pytest with the arguments given."""

import os
import sys

from resources import setup

if setup.is_needed(setup.DEV):
    setup.hand_over(setup.DEV, ["-m", "tests", *sys.argv[1:]])

import pytest  # only now is it sure to be there

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.exit(pytest.main(sys.argv[1:]))
