"""Runs the `shapewright` command from the packages that lie beside this file in the extension.

Started as `python -I run_server.py server`: isolated, so that nothing from the opened folder is imported by
accident. The extension's packages come first, so that the project's own (other) versions of them do not matter.
Must be readable by every Python 3: a too old one has to be told so, not to fail on the syntax.
"""

import os
import runpy
import sys

if sys.version_info < (3, 10):
    sys.exit("shapewright needs Python 3.10 or later; %s is %s" % (sys.executable, sys.version.split()[0]))

extension = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
libs = os.path.join(extension, "bundled", "libs")
if not os.path.isdir(libs):
    # Run from a checkout: the server's source; its dependencies are those of the interpreter.
    libs = os.path.join(extension, "server")
sys.path.insert(0, libs)

runpy.run_module("shapewright", run_name="__main__", alter_sys=True)
