"""Accounts of the test network: a folder of the form that the library keeps, with keys, meta and visa in it."""

import os
import shutil
from configparser import ConfigParser
from typing import Optional, Tuple

from dimples import Document, EntityType, ID, Meta, PrivateKey
from dimples.database import AccountDatabase
from dimples.database.dos import PrivateKeyStorage
from dimples.utils import Config


async def write_config(folder: str, station: Tuple[str, int] = ('', 0), redis_port: Optional[int] = None,
                       neighbors: Optional[str] = None) -> Config:
    """The settings of a program whose data are in a folder. `station`: its ID and port, for the station itself;
    `neighbors`: a file with those of others."""
    parser = ConfigParser()
    parser['database'] = {name: f'{folder}/{name}' for name in ('public', 'protected', 'private')}
    parser['redis'] = {'enable': str(redis_port is not None), 'host': '127.0.0.1', 'port': str(redis_port or 0)}
    parser['station'] = {'id': station[0], 'host': '127.0.0.1', 'port': str(station[1])}
    if neighbors is not None:
        parser['neighbors'] = {'output': neighbors}
    os.makedirs(folder, exist_ok=True)
    with open(f'{folder}/config.ini', 'w') as file:
        parser.write(file)
    config = Config()
    await config.load(path=f'{folder}/config.ini')
    return config


async def create_account(folder: str, name: str, meta_type: str, network: int = EntityType.USER,
                         seed: Optional[str] = None, terminal: Optional[str] = None) -> ID:
    key = PrivateKey.generate(algorithm='ECC')
    meta = Meta.generate(version=meta_type, private_key=key, seed=seed)
    did = meta.generate_id(network=network)
    config = await write_config(folder)
    database = AccountDatabase(config=config)
    await PrivateKeyStorage(config=config).save_private_key(key=key, user=did, key_type='M')
    await database.save_meta(meta=meta, identifier=did)
    return await add_terminal(folder, did, name, terminal)


async def add_terminal(folder: str, did: ID, name: str, terminal: Optional[str]) -> ID:
    """A visa with a message key of its own, signed with the identity key in the folder."""
    config = await write_config(folder)
    database = AccountDatabase(config=config)
    message_key = PrivateKey.generate(algorithm='RSA')
    visa = Document.create(doc_type='visa')
    visa.set_string(key='did', value=did if terminal is None else did.with_terminal(terminal=terminal))
    visa.set_property(name='name', value=name)
    visa.public_key = message_key.public_key
    visa.sign(private_key=await database.private_key_for_visa_signature(user=did))
    # The database above it forgets to await, and would keep a coroutine in place of the keys.
    await PrivateKeyStorage(config=config).save_private_key(key=message_key, user=did, key_type='V')
    await database.save_document(document=visa, identifier=did)
    return did


def copy_identity(source: str, folder: str, did: ID):
    """Takes the identity key and the meta over from another device, and nothing else."""
    for path in (f'private/{did.address}/secret.js', f'public/{did.address}/meta.js'):
        os.makedirs(os.path.dirname(f'{folder}/{path}'), exist_ok=True)
        shutil.copyfile(f'{source}/{path}', f'{folder}/{path}')


def read_id(folder: str) -> ID:
    """Whose the folder is."""
    with open(f'{folder}/id') as file:
        return ID.parse(identifier=file.read())
