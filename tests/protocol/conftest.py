"""Servers that tests share: starting one takes longer than most tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .talk import Talk, capabilities, talking


@pytest_asyncio.fixture(scope="package", loop_scope="session", params=["utf-8", "utf-16", "utf-32"])
async def talk(request: pytest.FixtureRequest) -> AsyncIterator[Talk]:
    """A client that pulls diagnostics, once for each position encoding."""
    async with talking(can=capabilities([request.param], pull=True, versioned=True)) as talk:
        assert talk.encoding == request.param
        yield talk


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def plain(request: pytest.FixtureRequest) -> AsyncIterator[Talk]:
    """A client that says nothing of what it can: diagnostics are pushed, positions are UTF-16."""
    async with talking() as talk:
        assert talk.encoding == "utf-16"
        yield talk
