"""What one validation does, in whatever process."""

from __future__ import annotations

from typing import Any

from . import locks, source_runner
from .library import Library
from .plan_builder import PlanBuilder
from .requests import Request
from .values import BadPlan
from .weights import weightless


def answer(library: Library, request: Request, in_force: dict[str, str]) -> dict[str, Any]:
    """The reply to a request, without its id.

    Args:
        in_force: The locks of the process of this validation.
    """
    try:
        if request.do == "locks":
            return {"locks": in_force}
        if request.do == "plan":
            with weightless(library):
                return {"steps": PlanBuilder(library).build(request.plan)}
        missing = locks.missing_for_source(in_force)
        if missing is not None:
            return {"failed": "locked-out", "message": f"No code is run while a lock is missing: {missing}"}
        return source_runner.run(library, request)
    except BadPlan as error:
        return {"failed": "bad-plan", "message": str(error)}
    except MemoryError:
        return {
            "failed": "memory",
            "message": f"The validation needed more memory than {request.memory:,} bytes",
        }
