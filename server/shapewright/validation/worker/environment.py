"""What the process is before Keras is imported: quiet, small, and with nothing in its environment that is not needed."""

from __future__ import annotations

import functools
import os
import re
import sys
import tempfile

# Names of the user's environment that the interpreter, Keras and their libraries may need. Others may be secrets.
KEPT = frozenset(
    """PATH HOME LANG LC_ALL LC_CTYPE LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH PYTHONPATH
    PYTHONHOME PYTHONUTF8 PYTHONNOUSERSITE PYTHONUSERBASE VIRTUAL_ENV CONDA_PREFIX KERAS_BACKEND KERAS_HOME
    TF_USE_LEGACY_KERAS SYSTEMROOT SYSTEMDRIVE WINDIR USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA
    NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE""".split()
)
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "ABSL_MIN_LOG_LEVEL": "3",
    "GRPC_VERBOSITY": "NONE",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    "JAX_PLATFORMS": "cpu",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "TORCHINDUCTOR_CACHE_DIR": os.sep,  # PyTorch's import makes this folder, so it must be there; nothing is written
}


def clean(environment: dict[str, str]) -> dict[str, str]:
    """
    >>> clean({"PATH": "/bin", "TOKEN": "secret"})["PATH"], "TOKEN" in clean({"TOKEN": "secret"})
    ('/bin', False)
    """
    return {**{name: value for name, value in environment.items() if name.upper() in KEPT}, **QUIET}


def prepare() -> None:
    """Leaves only what is needed in the environment.

    Where a program can be replaced by another the worker starts once more: the old environment would stay in memory, for
    the code of a user to read.
    """
    wanted = clean(dict(os.environ))
    if wanted != dict(os.environ):
        if os.name == "posix" and sys.executable:
            os.execve(sys.executable, [sys.executable, *_options(), *sys.argv], wanted)
        for name in set(os.environ) - set(wanted):
            del os.environ[name]
        os.environ.update(wanted)
    # TensorFlow's import looks for a folder that it may write to, and there is none.
    tempfile.tempdir = os.path.join(os.sep, "nonexistent")


def _options() -> list[str]:
    """The options of the interpreter that this one was started with, as far as they matter here."""
    flags = sys.flags
    options = ["-B"]
    if flags.isolated:
        options.append("-I")
    if flags.no_site:
        options.append("-S")
    if flags.no_user_site and not flags.isolated:
        options.append("-s")
    if flags.ignore_environment and not flags.isolated:
        options.append("-E")
    return options


def load_packages() -> None:
    """Does what Python leaves out with -S: finds the environment's packages, and runs its .pth files and sitecustomize.

    They are code of the environment, as Keras is: for after the locks.
    """
    if sys.flags.no_site:
        import site

        site.main()


def package_folders() -> list[str]:
    """Where the packages are that `load_packages` will find, from files that are only read."""
    environment = os.path.dirname(os.path.dirname(os.path.abspath(sys.executable)))
    version = "python{}.{}".format(*sys.version_info[:2])
    found, shares_packages = [], True
    try:
        with open(os.path.join(environment, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
            shares_packages = bool(re.search(r"(?im)^\s*include-system-site-packages\s*=\s*true\s*$", file.read()))
        found.append(environment)
    except OSError:
        pass  # it is no environment
    folders = [
        os.path.join(environment, "lib", version, "site-packages"),
        os.path.join(environment, "Lib", "site-packages"),
    ]
    if shares_packages:
        import site

        folders += site.getsitepackages()
        if site.check_enableusersite():
            user = site.getusersitepackages()  # `pip install --user`
            folders.append(user)
            found.append(user)
    for folder in folders:
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        for name in names:
            if name.endswith(".pth"):
                found += _folders_in(os.path.join(folder, name))
    return found


def _folders_in(path: str) -> list[str]:
    """The folders that a .pth file adds."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file]
    except OSError:
        return []
    named = [
        os.path.join(os.path.dirname(path), line) for line in lines if line and not line.startswith(("#", "import"))
    ]
    return [folder for folder in named if os.path.isdir(folder)]


@functools.lru_cache(None)
def readable(system: str) -> list[str]:
    """What the worker may read: the interpreter, its packages, libraries of the system, the setting of Keras.

    A folder of PYTHONPATH counts as packages, unless it is the user's home or contains it.

    Args:
        system: Paths of this system, with spaces between.
    """
    here = os.path.dirname(os.path.abspath(__file__))
    home = os.path.realpath(os.path.expanduser("~"))
    settings = os.environ.get("KERAS_HOME") or os.path.join(home, ".keras")
    prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *package_folders()]
    paths = {
        os.path.realpath(path)
        for path in [*system.split(), *prefixes, *sys.path, here]
        if path and os.path.exists(path)
    }
    paths = {path for path in paths if not _contains(path, home)}
    return sorted(paths | {os.path.join(settings, "keras.json")})


def _contains(folder: str, path: str) -> bool:
    """
    >>> _contains("/home", "/home/me"), _contains("/home/me/lib", "/home/me"), _contains("/", "/home/me")
    (True, False, True)
    """
    return os.path.commonpath([folder, path]) == folder
