"""What stands in for things that are cut off: plots, results of training, files."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

# Modules that only show something, or report to somebody.
ONLY_SHOW = frozenset(
    """matplotlib seaborn plotly bokeh altair IPython ipywidgets wandb mlflow comet_ml neptune pydot graphviz
    cv2_imshow google""".split()
)


class Harmless:
    """Anything that is asked of it gives another of its kind. It has no shape, and no tensor can be made of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("shape", "dtype"):
            raise AttributeError(name)
        return Harmless()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]  # used as a decorator
        return Harmless()

    def __getitem__(self, key: Any) -> Any:
        return Harmless()

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __setattr__(self, name: str, value: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        raise TypeError("nothing is known of what stands in for a result of training")

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("no array is made of what stands in for a result of training")

    def __float__(self) -> float:
        return 0.0

    def __format__(self, specification: str) -> str:
        return ""

    def _itself(self, *others: Any) -> Any:
        return Harmless()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _itself
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = __rmatmul__ = _itself
    __neg__ = __pos__ = __abs__ = __lt__ = __le__ = __gt__ = __ge__ = __round__ = _itself


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()


class HarmlessModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules that only show something before the real ones are found: those write files, and take long."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        if name.split(".")[0] in ONLY_SHOW and (name.split(".")[0] != "google" or name.startswith("google.colab")):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass

    @classmethod
    def install(cls) -> None:
        sys.meta_path.insert(0, cls())
