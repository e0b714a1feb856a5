"""A person with the package's client, as an application without a window: requests in, what happens out.

usage: person.py FOLDER NAME META_TYPE [TERMINAL [FOLDER_OF_ANOTHER_DEVICE]]
"""

import base64
import json
import os
import sys
from hashlib import md5
from importlib import metadata
from typing import List, Optional

from lines import serve, write_line

import requests
from dimples import (Content, Document, Envelope, ID, ImageContent, InstantMessage, Meta, QuoteContent, ReliableMessage,
                     TextContent)
from dimples.client import (ClientArchivist, ClientChecker, ClientFacebook, ClientMessageProcessor, ClientMessenger,
                            Terminal)
from dimples.client.compat import ClientLibraryLoader
from dimples.client.network.state import StateOrder
from dimples.common.mkm.utils import DocumentUtils
from dimples.database import AccountDatabase, MessageDatabase, SessionDatabase
from dimples.emitter import Emitter
from dimples.group import SharedGroupManager
from dimples.utils import LogLevel, Runner, init_logger

from account import add_terminal, copy_identity, create_account, read_id, write_config


class Archivist(ClientArchivist):
    """Says what was learned."""

    async def save_meta(self, meta: Meta, identifier: ID) -> bool:
        ok = await super().save_meta(meta=meta, identifier=identifier)
        write_line(event='meta', id=str(identifier), accepted=ok)
        return ok

    async def save_document(self, document: Document, identifier: ID) -> bool:
        ok = await super().save_document(document=document, identifier=identifier)
        write_line(event='document', id=str(identifier), did=document.get('did'), accepted=ok)
        return ok


class Facebook(ClientFacebook):

    async def save_members(self, members: List[ID], group: ID) -> bool:
        ok = await super().save_members(members, group=group)
        write_line(event='members', id=str(group), accepted=ok)
        return ok


class Checker(ClientChecker):
    """Says whose history it asks for: what comes of it is to be there before anybody does something else."""

    async def query_members(self, group: ID, members: List[ID]) -> bool:
        ok = await super().query_members(group=group, members=members)
        write_line(event='asked', id=str(group), sent=ok)
        return ok


# What was read, for those who answer to it.
READ = {}


class Processor(ClientMessageProcessor):
    """Says what came in: contents inside of others come one by one as well."""

    async def process_content(self, content: Content, r_msg: ReliableMessage) -> List[Content]:
        if isinstance(content, TextContent):
            READ[content.text] = (r_msg.envelope, content)
        write_line(event='content', sender=str(r_msg.sender), content=content.to_map())
        responses = await super().process_content(content=content, r_msg=r_msg)
        if content.group is not None:
            write_line(event='handled', id=str(content.group), command=content.get('command'))
        return responses


class Client(Terminal):

    def _create_messenger(self, facebook, session):
        database = MessageDatabase(config=self.config)
        messenger = ClientMessenger(session=session, facebook=facebook, database=database)
        SharedGroupManager().messenger = messenger
        facebook.checker.messenger = messenger
        return messenger

    def _create_processor(self, facebook, messenger):
        return Processor(facebook=facebook, messenger=messenger)

    async def exit_state(self, state, ctx, now):
        # What is told comes after what the library does then.
        await super().exit_state(state=state, ctx=ctx, now=now)
        write_line(event='state', state=StateOrder(ctx.current_state.index).name.lower())


class Sender(Emitter):
    """Files go to the server of the test before their message is sent."""

    def __init__(self, person: 'Person', address: str, secret: str):
        self.person = person
        self.address = address
        self.secret = bytes.fromhex(secret)

    @property
    async def current_user(self):
        return await self.person.facebook.current_user

    @property
    def messenger(self):
        return self.person.messenger

    async def cache_file_data(self, data: bytes, filename: str) -> bool:
        return True

    async def get_file_data(self, filename: str) -> Optional[bytes]:
        return None

    async def cache_instant_message(self, msg: InstantMessage) -> bool:
        return True

    async def upload_file_data(self, data: bytes, filename: str, sender: ID):
        salt = os.urandom(16)
        values = {
            'ID': str(sender.address),
            'MD5': md5(md5(data).digest() + self.secret + salt).hexdigest(),
            'SALT': salt.hex(),
            'ENIGMA': self.secret.hex()[:6],
        }
        address = self.address.format(**values)
        answer = requests.post(address, files={'file': (filename, data)}, timeout=10).json()
        if answer['code'] != 200:
            raise RuntimeError(f'not uploaded: {answer}')
        return answer['url']


class Person:

    async def wake_up(self, folder: str, name: str, meta_type: str, terminal: str = '', other: str = ''):
        terminal = terminal or None
        if os.path.exists(f'{folder}/id'):
            self.id = read_id(folder)
        elif other:
            self.id = read_id(other)
            copy_identity(other, folder, self.id)
            await add_terminal(folder, self.id, name, terminal)
        else:
            seed = name if meta_type == '1' else None
            self.id = await create_account(folder, name, meta_type, seed=seed, terminal=terminal)
        with open(f'{folder}/id', 'w') as file:
            file.write(str(self.id))
        config = await write_config(folder)
        database = AccountDatabase(config=config)
        self.facebook = Facebook(database=database)
        self.facebook.barrack = Archivist(facebook=self.facebook, database=database)
        self.facebook.checker = Checker(facebook=self.facebook, database=database)
        SharedGroupManager().facebook = self.facebook
        await self.facebook.set_current_user(user=await self.facebook.get_user(identifier=self.id))
        self.client = Client(facebook=self.facebook, database=SessionDatabase(config=config))
        self.client.config = config

    @property
    def messenger(self) -> ClientMessenger:
        return self.client.messenger

    async def answer(self, request: dict) -> dict:
        return await getattr(self, request['op'].replace('-', '_'))(request) or {}

    async def connect(self, request: dict):
        await self.client.connect(host='127.0.0.1', port=request['port'])

    async def text(self, request: dict) -> dict:
        return await self._send(TextContent.create(text=request['text']), request)

    async def content(self, request: dict) -> dict:
        return await self._send(Content.parse(content=request['content']), request)

    async def _send(self, content: Content, request: dict) -> dict:
        receiver = ID.parse(identifier=request['to'])
        if receiver.is_group:
            # Sent to each member; the library says "not sent" of it.
            content.group = receiver
            message = InstantMessage.create(head=Envelope.create(sender=self.id, receiver=receiver), body=content)
            await SharedGroupManager().send_instant_message(msg=message)
            return {'sn': content.sn}
        _, message = await self.messenger.send_content(content=content, sender=self.id, receiver=receiver)
        if message is None:
            raise RuntimeError('not sent')
        return {'sn': content.sn, 'signature': message.get('signature')}

    async def picture(self, request: dict):
        sender, receiver = Sender(self, request['upload'], request['secret']), ID.parse(identifier=request['to'])
        data = base64.b64decode(request['data'])
        if not await sender.send_picture(data, receiver=receiver, filename=request['filename'], thumbnail=None):
            raise RuntimeError('not sent')

    async def old_picture(self, request: dict):
        """As clients did it once: encrypted with the key of the message, so that the content has none."""
        sender, receiver = Sender(self, request['upload'], request['secret']), ID.parse(identifier=request['to'])
        content = ImageContent.image(filename=request['filename'])
        message = InstantMessage.create(head=Envelope.create(sender=self.id, receiver=receiver), body=content)
        key = await self.messenger.get_encrypt_key(msg=message)
        data = key.encrypt(plaintext=base64.b64decode(request['data']), extra=content.to_map())
        content.url = await sender.upload_file_data(data, filename=request['filename'], sender=self.id)
        if await self.messenger.send_instant_message(msg=message) is None:
            raise RuntimeError('not sent')

    async def quote(self, request: dict) -> dict:
        envelope, content = READ[request['of']]
        return await self._send(QuoteContent.create(text=request['text'], envelope=envelope, content=content), request)

    async def name(self, request: dict) -> dict:
        documents = await self.facebook.get_documents(identifier=ID.parse(identifier=request['id']))
        visa = DocumentUtils.last_visa(documents=documents)
        return {'name': visa.name}

    async def open_file(self, request: dict) -> dict:
        content = Content.parse(content=request['content'])
        response = requests.get(str(content.url), timeout=10)
        response.raise_for_status()
        data = content.password.decrypt(ciphertext=response.content, params=content.to_map())
        return {'data': base64.b64encode(data).decode()}

    async def query(self, request: dict) -> dict:
        documents = await self.facebook.get_documents(identifier=ID.parse(identifier=request['id']))
        return {'documents': len(documents)}

    async def login(self, _: dict):
        await self.messenger.broadcast_login(sender=self.id, user_agent=self.client.user_agent)

    async def online(self, _: dict):
        await self.messenger.report_online(sender=self.id)

    async def offline(self, _: dict):
        await self.messenger.report_offline(sender=self.id)

    async def new_group(self, request: dict) -> dict:
        group = await SharedGroupManager().create_group(members=ids(request['members']))
        return {'id': str(group)}

    async def reset(self, request: dict):
        await self._done(SharedGroupManager().reset_group_members(ids(request['members']), group=group_of(request)))

    async def administrators(self, request: dict):
        await self._done(SharedGroupManager().update_administrators(ids(request['members']), group=group_of(request)))

    async def leave(self, request: dict):
        await self._done(SharedGroupManager().quit_group(group=group_of(request)))

    async def _done(self, action):
        if not await action:
            raise RuntimeError('not done')

    async def group(self, request: dict) -> dict:
        group = group_of(request)
        return {
            'owner': str(await self.facebook.get_owner(identifier=group)),
            'members': [str(item) for item in await self.facebook.get_members(identifier=group)],
            'administrators': [str(item) for item in await self.facebook.get_administrators(group=group)],
        }


def ids(texts: List[str]) -> List[ID]:
    return [ID.parse(identifier=text) for text in texts]


def group_of(request: dict) -> ID:
    return ID.parse(identifier=request['group'])


async def main():
    init_logger(name='person', level=LogLevel.WARNING)
    ClientLibraryLoader().run()
    person = Person()
    await person.wake_up(*sys.argv[1:])
    names = ['dimples', 'dimsdk', 'dimax', 'dimap', 'dimp', 'dkd', 'mkm', 'startrek']
    write_line(event='awake', id=str(person.id), versions={name: metadata.version(name) for name in names})
    await serve(person.answer)

if __name__ == '__main__':
    Runner.sync_run(main=main())
