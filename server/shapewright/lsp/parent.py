"""The server ends when its editor does, also when the editor was killed and something else holds its pipe open."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time

log = logging.getLogger("shapewright")
_SECONDS = 2.0
"""How often the editor's process is looked for."""


def end_with(process: int) -> None:
    """Ends this process soon after another has ended.

    A process that is not there to begin with is in another container: nothing can be told from it. Windows has no
    harmless way to look for a process by its number; there the pipe that closes must do.
    """
    if sys.platform != "win32" and _lives(process):
        threading.Thread(target=_watch, args=(process,), name="shapewright-parent", daemon=True).start()


def _watch(process: int) -> None:
    while _lives(process):
        time.sleep(_SECONDS)
    log.info("The editor (process %d) has ended.", process)
    logging.shutdown()
    os._exit(1)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True
