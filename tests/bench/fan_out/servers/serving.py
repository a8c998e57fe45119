"""A peer's application behind the same server as the portal's, set alike."""

from __future__ import annotations

from typing import Any

import uvicorn


def serve(application: Any, port: int) -> None:
    """Answer on ``port`` until SIGTERM."""
    uvicorn.run(
        application,
        host="127.0.0.1",
        port=port,
        ws="websockets-sansio",
        ws_max_size=64 * 1024,
        ws_per_message_deflate=False,
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=1,
    )
