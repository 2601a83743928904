"""cotutor: equal, well-held co-tutoring sessions for doctors, with nothing kept unless asked.

This module is the first of the package that Python runs, so it is also where the program
stops Python from writing compiled files while it runs: a session must touch no file.
"""

import sys

sys.dont_write_bytecode = True

VERSION = "0.1.0"
"""The version shown by ``cotutor --version``; follows semantic versioning."""
