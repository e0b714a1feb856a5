"""The Python implementation as a peer: JSON lines in, JSON lines out. The protocol is in ../README.md.

usage: adapter.py sdk|dimples
"""

import base64
import json
import os
import sys
import traceback
from typing import Any, Callable, Dict

# Libraries print what they like; the answers go where nothing else is written.
ANSWERS = os.fdopen(os.dup(1), 'w', encoding='utf-8', newline='\n')
os.dup2(2, 1)

from generation import Generation, map_of  # noqa: E402
from kinds import Kinds  # noqa: E402
from memory import create_messenger, run  # noqa: E402
from tampering import tamper_document, tamper_message, tamper_meta  # noqa: E402


class Refused(Exception):
    """This implementation does not accept what it was given."""


class Adapter:

    def __init__(self, flavor: str):
        self.dim = Generation(flavor)
        self.kinds = Kinds(self.dim)
        self.messenger = create_messenger(self.dim)
        self.operations: Dict[str, Callable[[dict], dict]] = {
            'hello': self.hello,
            'new-user': self.new_user,
            'new-group': self.new_group,
            'learn': self.learn,
            'read-id': self.read_id,
            'read-meta': self.read_meta,
            'read-document': self.read_document,
            'new-key': self.new_key,
            'sign': self.sign,
            'verify': self.verify,
            'encrypt': self.encrypt,
            'decrypt': self.decrypt,
            'encrypt-file': self.encrypt_file,
            'decrypt-file': self.decrypt_file,
            'pack': self.pack,
            'unpack': self.unpack,
            'tamper': self.tamper,
        }

    def hello(self, _: dict) -> dict:
        return {
            'name': 'dimples' if self.dim.is_dimples else 'dimsdk',
            'versions': self.dim.versions(),
            'operations': list(self.operations),
            'kinds': self.kinds.names,
            'shapes': ['deployed'] if self.dim.is_dimples else ['2.4'],
            'reads': ['2.4', 'deployed', '2.0'] if self.dim.is_dimples else ['2.4'],
            'shortNames': not self.dim.is_dimples,
        }

    # Identity

    def new_user(self, request: dict) -> dict:
        dim = self.dim
        identity_key = dim.PrivateKey.generate(algorithm=request['algorithm'])
        meta = self._new_meta(request['metaType'], identity_key, request.get('seed'))
        identifier = self._id_of(meta, request['network'])
        entity = self.messenger.entity_of(identifier)
        entity.meta = meta
        entity.identity_key = identity_key
        private_keys = [{'key': json.dumps(map_of(identity_key))}]
        for terminal in request['terminals']:
            key = dim.PrivateKey.generate(algorithm='RSA')
            did = f'{identifier}/{terminal}' if terminal else str(identifier)
            visa = self._new_document('visa', did, request, {'key': map_of(key.public_key)})
            visa.sign(private_key=identity_key)
            entity.documents.append(visa)
            entity.visa_keys[terminal] = key
            private_keys.append({'terminal': terminal, 'key': json.dumps(map_of(key))})
        self.messenger.local_users.append(identifier)
        return {**self._identity(identifier), 'privateKeys': private_keys}

    def new_group(self, request: dict) -> dict:
        founder = self.messenger.entity_of(request['founder'])
        meta = self._new_meta('MKM', founder.identity_key, request['seed'])
        identifier = self._id_of(meta, request['network'])
        entity = self.messenger.entity_of(identifier)
        entity.meta = meta
        bulletin = self._new_document('bulletin', str(identifier), request, {'founder': request['founder']})
        bulletin.sign(private_key=founder.identity_key)
        entity.documents.append(bulletin)
        entity.members = [self._id(member) for member in request['members']]
        return {**self._identity(identifier), 'members': request['members']}

    def learn(self, request: dict) -> dict:
        dim = self.dim
        identifier = self._id(request['id'])
        entity = self.messenger.entity_of(identifier)
        meta = self._accepted_meta(request['meta'], identifier)
        documents = [self._accepted_document(text, meta) for text in request['documents']]
        entity.meta, entity.documents = meta, documents
        entity.members = [self._id(member) for member in request.get('members', [])]
        private_keys = request.get('privateKeys', [])
        if private_keys:
            entity.identity_key = dim.PrivateKey.parse(key=json.loads(private_keys[0]['key']))
            entity.visa_keys = {item['terminal']: dim.PrivateKey.parse(key=json.loads(item['key']))
                                for item in private_keys[1:]}
            self.messenger.local_users.append(identifier)
        return {}

    def read_id(self, request: dict) -> dict:
        identifier = self._id(request['text'])
        return {
            'text': str(identifier), 'name': identifier.name or '', 'address': str(identifier.address),
            'terminal': identifier.terminal or '', 'type': identifier.type, 'isGroup': identifier.is_group,
            'isBroadcast': identifier.is_broadcast,
        }

    def read_meta(self, request: dict) -> dict:
        meta = self.dim.Meta.parse(meta=json.loads(request['meta']))
        if meta is None or not meta.is_valid:
            raise Refused('the meta is not valid')
        if 'id' in request:
            self._check_match(meta, self._id(request['id']))
        ids = [str(self._id_of(meta, network)) for network in request['networks']]
        return {'type': str(meta.type), 'seed': meta.seed or '', 'ids': ids}

    def read_document(self, request: dict) -> dict:
        meta = self.dim.Meta.parse(meta=json.loads(request['meta']))
        document = self._accepted_document(request['document'], meta)
        properties = document.properties
        answer = {
            'map': json.dumps(map_of(document), ensure_ascii=False),
            'properties': json.dumps(properties, ensure_ascii=False),
            'name': document.name or '',
        }
        if isinstance(document, self.dim.Visa):
            if document.public_key is not None:
                answer['key'] = json.dumps(map_of(document.public_key))
            if document.avatar is not None:
                answer['avatar'] = str(document.avatar.serialize())
        elif document.founder is not None:
            answer['founder'] = str(document.founder)
        return answer

    # Keys

    def new_key(self, request: dict) -> dict:
        algorithm = request['algorithm']
        if algorithm in ('AES', 'PLAIN'):
            return {'key': json.dumps(map_of(self.dim.SymmetricKey.generate(algorithm=algorithm)))}
        key = self.dim.PrivateKey.generate(algorithm=algorithm)
        return {'key': json.dumps(map_of(key)), 'publicKey': json.dumps(map_of(key.public_key))}

    def sign(self, request: dict) -> dict:
        key = self.dim.PrivateKey.parse(key=json.loads(request['key']))
        return {'signature': _encode(key.sign(data=_decode(request['data'])))}

    def verify(self, request: dict) -> dict:
        key = self.dim.PublicKey.parse(key=json.loads(request['publicKey']))
        if not key.verify(data=_decode(request['data']), signature=_decode(request['signature'])):
            raise Refused('the signature does not verify')
        return {}

    def encrypt(self, request: dict) -> dict:
        plaintext = _decode(request['data'])
        if 'publicKey' in request:
            key = self.dim.PublicKey.parse(key=json.loads(request['publicKey']))
            return {'data': _encode(key.encrypt(plaintext=plaintext)), 'extra': '{}'}
        key = self.dim.SymmetricKey.parse(key=json.loads(request['key']))
        extra: dict = {}
        data = key.encrypt(plaintext=plaintext, extra=extra)
        return {'data': _encode(data), 'extra': json.dumps(extra)}

    def decrypt(self, request: dict) -> dict:
        key_map = json.loads(request['key'])
        ciphertext = _decode(request['data'])
        if key_map['algorithm'] in ('AES', 'PLAIN'):
            key = self.dim.SymmetricKey.parse(key=key_map)
            data = key.decrypt(ciphertext=ciphertext, params=json.loads(request['extra']))
        else:
            data = self.dim.PrivateKey.parse(key=key_map).decrypt(ciphertext=ciphertext)
        if data is None:
            raise Refused('it does not decrypt')
        return {'data': _encode(data)}

    def encrypt_file(self, request: dict) -> dict:
        """The key's map carries the IV: the content has no other place for it."""
        key = self.dim.SymmetricKey.generate(algorithm='AES')
        extra: dict = {}
        data = key.encrypt(plaintext=_decode(request['data']), extra=extra)
        return {'data': _encode(data), 'key': json.dumps({**map_of(key), 'iv': extra['IV']})}

    def decrypt_file(self, request: dict) -> dict:
        key = self.dim.SymmetricKey.parse(key=json.loads(request['key']))
        return {'data': _encode(key.decrypt(ciphertext=_decode(request['data']), params={}))}

    # Messages

    def pack(self, request: dict) -> dict:
        dim, messenger = self.dim, self.messenger
        content = self.kinds.make(request['kind'], request['values'])
        envelope = dim.Envelope.create(sender=self._id(request['sender']), receiver=self._id(request['receiver']))
        instant = dim.InstantMessage.create(head=envelope, body=content)
        if 'exposedGroup' in request:
            instant['group'] = request['exposedGroup']
        messenger.reuse = request.get('reuseKey', False)
        messenger.is_new_key = False
        messenger.write_short_names(request.get('shortNames', False))
        secure = run(messenger.encrypt_message(msg=instant))
        if secure is None:
            raise Refused('the message cannot be encrypted')
        signed = run(messenger.sign_message(msg=secure))
        if request.get('introduce', False):
            sender = messenger.entity_of(request['sender'])
            signed['meta'] = map_of(sender.meta)
            signed['visa'] = map_of(sender.documents[0])
        data = run(messenger.serialize_message(msg=signed))
        return {'package': data.decode('utf-8'), 'content': messenger.plaintext}

    def unpack(self, request: dict) -> dict:
        messenger = self.messenger
        local_users = messenger.local_users
        # The one who reads is the current user.
        receiver = self._id(request['receiver'])
        local_users[:] = [receiver, *(user for user in local_users if str(user) != str(receiver))]
        signed = run(messenger.deserialize_message(data=request['package'].encode('utf-8')))
        if signed is None:
            raise Refused('it is no message')
        self._get_acquainted(signed)
        secure = run(messenger.verify_message(msg=signed))
        if secure is None:
            raise Refused('the signature does not verify')
        instant = run(messenger.decrypt_message(msg=secure))
        if instant is None:
            raise Refused('the message does not decrypt')
        content = instant.content
        kind = request['kind']
        received = json.loads(messenger.plaintext)
        answer = {
            'sender': str(instant.sender), 'content': messenger.plaintext,
            'values': self.kinds.read(kind, content, received),
        }
        if content.group is not None:
            answer['group'] = str(content.group)
        return answer

    def tamper(self, request: dict) -> dict:
        given = json.loads(request['map'])
        how = request['how']
        if request['what'] == 'message':
            changed = tamper_message(self.dim, how, given, json.loads(request['other']))
        elif request['what'] == 'meta':
            changed = tamper_meta(self.dim, how, given)
        else:
            changed = tamper_document(self.dim, how, given)
        return {'map': json.dumps(changed, ensure_ascii=False)}

    # Parts

    def _id(self, text: str):
        identifier = self.dim.ID.parse(identifier=text)
        if identifier is None:
            raise Refused(f'no ID: {text}')
        return identifier

    def _new_meta(self, meta_type: str, key, seed):
        version = {'MKM': '1', 'BTC': '2', 'ETH': '4'}[meta_type]
        return self.dim.Meta.generate(version=version, private_key=key, seed=seed)

    def _id_of(self, meta, network: int):
        if hasattr(meta, 'generate_id'):
            return meta.generate_id(network)
        return self.dim.ID.generate(meta, network)

    def _new_document(self, doc_type: str, did: str, request: dict, properties: dict):
        document = self.dim.BaseVisa() if doc_type == 'visa' else self.dim.BaseBulletin()
        document['did'] = did
        own = {'name': request['name'], **json.loads(request.get('properties', '{}')), **properties}
        for name, value in own.items():
            document.set_property(name=name, value=value)
        return document

    def _identity(self, identifier) -> dict:
        entity = self.messenger.entity_of(identifier)
        return {
            'id': str(identifier), 'meta': json.dumps(map_of(entity.meta), ensure_ascii=False),
            'documents': [json.dumps(map_of(item), ensure_ascii=False) for item in entity.documents],
        }

    def _accepted_meta(self, text: str, identifier):
        meta = self.dim.Meta.parse(meta=json.loads(text))
        if meta is None or not meta.is_valid:
            raise Refused('the meta is not valid')
        self._check_match(meta, identifier)
        return meta

    def _check_match(self, meta, identifier):
        own = self._id_of(meta, identifier.address.network)
        if str(own).split('/')[0] != str(identifier).split('/')[0]:
            raise Refused('the meta is not that of the ID')

    def _accepted_document(self, text: str, meta):
        document = self.dim.Document.parse(document=json.loads(text))
        if document is None or not document.verify(public_key=meta.public_key):
            raise Refused('the document is not signed by its owner')
        return document

    def _get_acquainted(self, signed):
        """What the packages leave to the application: keep what a stranger attached, if it is sound."""
        entity = self.messenger.entity_of(signed.sender)
        meta = signed.get('meta')
        if entity.meta is None and meta is not None:
            accepted = self._accepted_meta(json.dumps(meta), signed.sender)
            visa = signed.get('visa')
            documents = [] if visa is None else [self._accepted_document(json.dumps(visa), accepted)]
            entity.meta, entity.documents = accepted, documents
        if entity.meta is None:
            raise Refused('the sender is not known')


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode('ascii')


def _decode(text: str) -> bytes:
    return base64.b64decode(text)


def answer_to(adapter: Adapter, request: dict) -> Dict[str, Any]:
    operation = adapter.operations.get(request['op'])
    if operation is None:
        return {'ok': False, 'unsupported': True, 'reason': f'no operation {request["op"]}'}
    try:
        return {'ok': True, **operation(request)}
    except NotImplementedError as error:
        return {'ok': False, 'unsupported': True, 'reason': str(error)}
    except Exception as error:  # Each of its errors is this implementation's no.
        trace = traceback.extract_tb(error.__traceback__)[-1]
        place = f'{os.path.basename(trace.filename)}:{trace.lineno}'
        return {'ok': False, 'reason': f'{type(error).__name__} at {place}: {error}'[:500]}


def main():
    adapter = Adapter(sys.argv[1] if len(sys.argv) > 1 else 'sdk')
    for line in sys.stdin.buffer:
        request = json.loads(line)
        answer = {'n': request['n'], **answer_to(adapter, request)}
        # As ASCII: what is no UTF-8 has an escape.
        ANSWERS.write(json.dumps(answer) + '\n')
        ANSWERS.flush()


if __name__ == '__main__':
    main()
