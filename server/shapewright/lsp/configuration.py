"""Settings from the editor, on top of those from pyproject.toml.

An editor tells them in answer to `workspace/configuration`, with `workspace/didChangeConfiguration`, or once at the
beginning in `initializationOptions`, which hold until it says more.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types

from shapewright.lsp.parent import end_with
from shapewright.lsp.server import Server
from shapewright.workspace.settings import Settings, read_project, read_settings

log = logging.getLogger("shapewright")


def register(server: Server) -> None:
    """Registers what tells of settings."""
    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(did_change_configuration)


def initialize(server: Server, params: types.InitializeParams) -> None:
    """Keeps the settings that came at the beginning, and sees to it that the server ends with its editor."""
    server.initial_settings = _section(params.initialization_options)
    server.protocol.trace = params.trace or types.TraceValue.Off
    if params.process_id is not None:
        end_with(params.process_id)


async def initialized(server: Server, params: types.InitializedParams) -> None:
    """Reads the project's settings, asks for the editor's, and to be told when those change."""
    await _use(server, server.initial_settings)
    workspace = server.client_capabilities.workspace
    if workspace is None:
        return
    watching = workspace.did_change_watched_files
    if watching is not None and watching.dynamic_registration:
        await _watch_files(server)
    if not workspace.configuration:
        return
    dynamic = workspace.did_change_configuration
    if dynamic is not None and dynamic.dynamic_registration:
        registration = types.Registration("shapewright-configuration", types.WORKSPACE_DID_CHANGE_CONFIGURATION)
        await server.client_register_capability_async(types.RegistrationParams([registration]))
    await _ask(server)


async def _watch_files(server: Server) -> None:
    """Asks to be told when files change that are not open: others may import from them, or they are looked through."""
    globs = ("**/*.{py,ipynb}", "**/.gitignore", "**/pyproject.toml")
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in globs])
    registration = types.Registration("shapewright-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    await server.client_register_capability_async(types.RegistrationParams([registration]))


async def did_change_configuration(server: Server, params: types.DidChangeConfigurationParams) -> None:
    """Reads the settings again, by asking or from the notification itself."""
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.configuration:
        await _ask(server)
        return
    await _use(server, _section(params.settings) or server.initial_settings)


async def read_again(server: Server) -> None:
    """Reads all settings again: those of the project may have changed."""
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.configuration:
        await _ask(server)
    else:
        await _use(server, server.latest_settings)


async def _ask(server: Server) -> None:
    items = [types.ConfigurationItem(section="shapewright")]
    answer = await server.workspace_configuration_async(types.ConfigurationParams(items))
    await _use(server, _as_mapping(answer[0] if answer else None) or server.initial_settings)


async def _use(server: Server, given: Mapping[str, Any]) -> None:
    """Takes settings over; hints and findings that are shown follow them."""
    server.latest_settings = given
    root = server.workspace.root_path
    project = read_project(Path(root)) if root else None
    loaded = read_settings(given, "settings", project.settings if project else Settings())
    for problem in (*(project.problems if project else ()), *loaded.problems):
        server.tell_once(problem)
    if loaded.settings == server.settings:
        return
    before, server.settings = server.settings, loaded.settings
    log.setLevel(loaded.settings.log_level.upper())
    for listener in server.listeners:
        listener.settings_changed(before)
    server.refresh()


def _section(value: Any) -> Mapping[str, Any]:
    """The settings in what an editor sends: all of its settings with ours among them, or ours alone."""
    given = _as_mapping(value)
    return _as_mapping(given["shapewright"]) if "shapewright" in given else given


def _as_mapping(value: Any) -> dict[str, Any]:
    """Settings as plain tables, whatever the protocol library made of the JSON; nothing where there are none."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    elif not isinstance(value, Mapping):
        value = vars(value) if hasattr(value, "__dict__") else {}
    return {
        str(key): _as_mapping(item) if isinstance(item, Mapping) or hasattr(item, "_asdict") else item
        for key, item in value.items()
    }
