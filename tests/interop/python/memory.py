"""What the peer remembers: identities, keys, groups. The parts that its packages leave to the application."""

import asyncio
from typing import Dict, List, Optional

from generation import Generation


class Entity:
    """What is known of one user or group."""

    def __init__(self):
        self.meta = None
        self.documents: List = []
        self.members: List = []
        self.identity_key = None
        # By terminal; '' for a visa without one.
        self.visa_keys: Dict[str, object] = {}


def key_text(identifier) -> str:
    return str(identifier).split('/')[0]


def create_messenger(dim: Generation):
    """A messenger of the peer's own classes, with a memory."""
    entities: Dict[str, Entity] = {}
    message_keys: Dict[str, object] = {}
    local_users: List = []

    class Facebook(dim.Facebook):

        @property
        def barrack(self):
            return barrack

        @property
        def archivist(self):
            return barrack

        async def get_meta(self, identifier):
            return entity_of(identifier).meta

        async def get_documents(self, identifier):
            return entity_of(identifier).documents

        async def get_contacts(self, identifier):
            return []

        async def private_keys_for_decryption(self, identifier):
            entity = entity_of(identifier)
            terminal = identifier.terminal or ''
            visa_keys = [key for name, key in entity.visa_keys.items() if terminal in ('', name)]
            own = [entity.identity_key] if isinstance(entity.identity_key, dim.DecryptKey) else []
            return [*visa_keys, *own]

        async def private_key_for_signature(self, identifier):
            return entity_of(identifier).identity_key

        async def private_key_for_visa_signature(self, identifier):
            return entity_of(identifier).identity_key

        async def get_founder(self, identifier):
            return None

        async def get_owner(self, identifier):
            return None

        async def get_members(self, identifier):
            if identifier.is_broadcast:
                return [dim.ANYONE]
            return entity_of(identifier).members

        async def get_assistants(self, identifier):
            return []

    class Barrack(dim.Barrack):

        def cache_user(self, user):
            user.data_source = facebook

        def cache_group(self, group):
            group.data_source = facebook

        def get_user(self, identifier):
            return None

        def get_group(self, identifier):
            return None

        def create_user(self, identifier):
            return dim.BaseUser(identifier=identifier)

        def create_group(self, identifier):
            return dim.BaseGroup(identifier=identifier)

        async def get_local_users(self):
            return local_users

    class KeyCache(dim.CipherKeyDelegate):

        async def get_cipher_key(self, sender, receiver, generate=False):
            if receiver.is_broadcast:
                return dim.SymmetricKey.generate(algorithm='PLAIN')
            known = message_keys.get(direction(sender, receiver))
            if generate and (known is None or not messenger.reuse):
                known = dim.SymmetricKey.generate(algorithm='AES')
                message_keys[direction(sender, receiver)] = known
                messenger.is_new_key = True
            return known

        async def cache_cipher_key(self, key, sender, receiver):
            message_keys[direction(sender, receiver)] = key

    class LongNames(dim.MessageShortener):
        """Reads short names and writes long ones."""

        def compress_content(self, content):
            return content

        def compress_symmetric_key(self, key):
            return key

        def compress_reliable_message(self, msg):
            return msg

    base = dim.CommonMessenger if dim.is_dimples else dim.Messenger

    class Messenger(base):
        """The peer's messenger; what is encrypted and decrypted is kept as text, to be compared."""

        def __init__(self):
            if dim.is_dimples:
                super().__init__(session=None, facebook=facebook, database=keys)
                self._compressor = super().compressor
            else:
                super().__init__()
                self._compressor = dim.MessageCompressor(shortener=LongNames())
            self.reuse = False
            self.is_new_key = False
            self.plaintext: Optional[str] = None
            self._packer = dim.MessagePacker(facebook=facebook, messenger=self)

        def write_short_names(self, short: bool):
            if not dim.is_dimples:
                self._compressor = dim.MessageCompressor(shortener=dim.MessageShortener() if short else LongNames())

        @property
        def facebook(self):
            return facebook

        @property
        def compressor(self):
            return self._compressor

        @property
        def packer(self):
            return self._packer

        @property
        def processor(self):
            return None

        @property
        def cipher_key_delegate(self):
            return keys

        @property
        def key_cache(self):
            return keys

        async def serialize_key(self, *args, **kwargs):
            # An application that reuses a key leaves it out.
            if self.reuse and not self.is_new_key:
                return None
            return await super().serialize_key(*args, **kwargs)

        async def serialize_content(self, *args, **kwargs):
            data = await super().serialize_content(*args, **kwargs)
            self.plaintext = data.decode('utf-8')
            return data

        async def deserialize_content(self, data, *args, **kwargs):
            self.plaintext = data.decode('utf-8')
            return await super().deserialize_content(data, *args, **kwargs)

    def entity_of(identifier) -> Entity:
        return entities.setdefault(key_text(identifier), Entity())

    def direction(sender, receiver) -> str:
        return f'{key_text(sender)} {key_text(receiver)}'

    facebook = Facebook()
    barrack = Barrack()
    keys = KeyCache()
    messenger = Messenger()
    messenger.keep_alive = (facebook, barrack, keys)
    messenger.entity_of = entity_of
    messenger.local_users = local_users
    return messenger


def run(awaitable):
    return LOOP.run_until_complete(awaitable)


LOOP = asyncio.new_event_loop()
