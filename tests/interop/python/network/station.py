"""The station of the package, on 127.0.0.1 only: the stock starter listens on every interface.

usage: station.py FOLDER REDIS_PORT PORT

It is the same station when it is started again. Port 0 is any that is free.
"""

import os
import socketserver
import sys

from lines import end_with_input, write_line

from dimples import EntityType, ID
from dimples.common.compat import LibraryLoader
from dimples.station.handler import RequestHandler
from dimples.station.shared import GlobalVariable
from dimples.utils import LogLevel, Runner, init_logger

from account import create_account, read_id, write_config


class Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


async def identity(folder: str) -> ID:
    path = f'{folder}/id'
    if os.path.exists(path):
        return read_id(folder)
    did = await create_account(folder, 'Station', '1', network=EntityType.STATION, seed='station')
    with open(path, 'w') as file:
        file.write(str(did))
    return did


async def main(folder: str, redis_port: int, port: int):
    init_logger(name='station', level=LogLevel.WARNING)
    LibraryLoader().run()
    listener = Listener(('127.0.0.1', port), RequestHandler)
    port = listener.server_address[1]
    did = await identity(folder)
    shared = GlobalVariable()
    await shared.prepare(config=await write_config(folder, (str(did), port), redis_port))
    await shared.login(current_user=did)
    write_line(event='listening', port=port, id=str(did))
    listener.serve_forever()

if __name__ == '__main__':
    end_with_input()
    Runner.sync_run(main=main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
