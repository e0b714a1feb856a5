"""The bridge of the package's station, on loopback: it says when it is logged in, and on which side.

usage: octopus.py FOLDER REDIS_PORT STATION_PORT NEIGHBOR_PORT

The folder is the one of the station, whose identity it has.
"""

import asyncio
import json
import sys
from typing import Callable

from lines import end_with_input, write_line

from dimples.client import ClientMessenger
from dimples.edge.messenger import InnerMessenger, OuterMessenger
from dimples.edge.shared import GlobalVariable
from dimples.edge.start import OctopusClient
from dimples.utils import LogLevel, Runner, init_logger

from account import read_id, write_config


def tell_of(side: str, messenger: type, joined: Callable[[], None] = lambda: None):
    """Says when messengers of a kind are logged in; what the package does then comes first."""
    success = messenger.handshake_success

    async def handshake_success(self: ClientMessenger):
        await success(self)
        write_line(event='joined', side=side, station=str(self.session.station.identifier))
        joined()

    messenger.handshake_success = handshake_success


async def main(folder: str, redis_port: int, port: int, neighbor_port: int):
    init_logger(name='octopus', level=LogLevel.WARNING)
    loop, neighbor_is_known = asyncio.get_running_loop(), asyncio.Event()
    tell_of('inner', InnerMessenger)
    tell_of('outer', OuterMessenger, lambda: loop.call_soon_threadsafe(neighbor_is_known.set))
    neighbors = f'{folder}/neighbors.json'
    with open(neighbors, 'w') as file:
        json.dump([{'host': '127.0.0.1', 'port': neighbor_port}], file)
    shared = GlobalVariable()
    did = read_id(folder)
    config = await write_config(folder, (str(did), port), redis_port, neighbors)
    await shared.prepare(config=config)
    await shared.login(current_user=did)
    octopus = OctopusClient(database=shared.sdb, local_host='127.0.0.1', local_port=port)
    # The neighbor first: the station looks for neighbors when the bridge logs in there, and not again for minutes.
    await octopus.process()
    await neighbor_is_known.wait()
    await octopus.run()

if __name__ == '__main__':
    end_with_input()
    Runner.sync_run(main=main(sys.argv[1], *map(int, sys.argv[2:])))
