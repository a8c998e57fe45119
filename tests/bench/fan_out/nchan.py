"""nchan: publish and subscribe inside nginx, in C. What is to be had without Python at all."""

from __future__ import annotations

import os
from pathlib import Path

from tests.servers.packages import Part

MODULES = Path("/usr/lib/nginx/modules")
MODULE = MODULES / "ngx_nchan_module.so"


def _nginx() -> Path | None:
    program = Path("/usr/sbin/nginx")
    return program if program.exists() and MODULE.exists() else None


NCHAN = Part("nchan", "libnginx-mod-nchan", _nginx)


def configuration(port: int, folder: Path) -> Path:
    """The configuration of an nginx of one process that keeps everything in ``folder``."""
    path = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    path.write_text(
        f"""{user}
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
load_module {MODULE};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 15000; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location = /room {{
            nchan_pubsub websocket;
            nchan_channel_id room;
            nchan_subscriber_first_message newest;
        }}
    }}
}}
"""
    )
    return path
