"""JSON lines: requests come in, one a line; answers and events go out. The end of the input is the end of the program."""

import asyncio
import json
import os
import sys
import threading
from typing import Any, Awaitable, Callable

# Libraries print what they like; lines go where nothing else is written.
OUTPUT = os.fdopen(os.dup(1), 'w', encoding='utf-8', newline='\n')
os.dup2(2, 1)
LOCK = threading.Lock()


def write_line(**fields: Any):
    text = json.dumps(fields, default=str)
    with LOCK:
        OUTPUT.write(text + '\n')
        OUTPUT.flush()


def end_with_input():
    """For a program without requests: ends it, whatever it does, when nobody holds its input any more."""
    def wait():
        sys.stdin.read()
        os._exit(0)
    threading.Thread(target=wait, daemon=True).start()


async def serve(answer: Callable[[dict], Awaitable[dict]]):
    """Answers requests one after the other, and ends the program with its input."""
    loop = asyncio.get_running_loop()
    requests: asyncio.Queue = asyncio.Queue()

    def read():
        for line in sys.stdin:
            loop.call_soon_threadsafe(requests.put_nowait, json.loads(line))
        # Threads of the libraries do not end by themselves.
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        request = await requests.get()
        try:
            write_line(n=request['n'], ok=True, **await answer(request))
        except Exception as error:
            write_line(n=request['n'], ok=False, reason=f'{type(error).__name__}: {error}')
