"""How many operations a second the Python implementation does: JSON lines in, JSON lines out.

A line `{"operation": …, "input": …, "seconds": …}` is answered by `{"rate": …}`. The messenger is that of the
exchanges in `tests/interop/python`: what its packages leave to an application.
"""

import itertools
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', '..', 'tests', 'interop', 'python'))

from adapter import ANSWERS, Adapter  # noqa: E402
from memory import run  # noqa: E402

TEXT = 'Hello, world!'


class Operations:
    """Each method prepares an operation and returns what does it once."""

    def __init__(self):
        self._adapter = Adapter('sdk')
        self._dim = self._adapter.dim

    def pack(self, _):
        alice, bob = self._user('alice'), self._user('bob')
        return lambda: self._pack(alice, bob)

    def unpack(self, _):
        alice, bob = self._user('alice'), self._user('bob')
        data = self._pack(alice, bob)
        return lambda: self._unpack(bob, data)

    def pack_reused(self, _):
        alice, bob = self._user('alice'), self._user('bob')
        self._pack(alice, bob)
        return lambda: self._pack(alice, bob, reuse=True)

    def unpack_reused(self, _):
        alice, bob = self._user('alice'), self._user('bob')
        self._unpack(bob, self._pack(alice, bob))
        data = self._pack(alice, bob, reuse=True)
        return lambda: self._unpack(bob, data)

    def group_pack(self, size):
        founder = self._user('founder')
        members = [str(self._user(f'm{index}')) for index in range(size)]
        made = self._adapter.new_group({
            'founder': str(founder), 'seed': 'team', 'network': 1, 'name': 'Team', 'members': members,
        })
        group = self._dim.ID.parse(identifier=made['id'])
        return lambda: self._pack(founder, group)

    def parse_id(self, texts):
        """Of one text again and again; of several each once, as it remembers them all."""
        texts = itertools.repeat(texts[0]) if len(texts) == 1 else iter(texts)
        return lambda: self._dim.ID.parse(identifier=next(texts))

    def verify_meta(self, given):
        def verify():
            meta = self._dim.Meta.parse(meta=dict(given))
            if not meta.is_valid:
                raise ValueError('the meta is not valid')
        return verify

    def generate(self, version):
        keys = itertools.cycle([self._dim.PrivateKey.generate(algorithm='ECC') for _ in range(16)])

        def generate():
            meta = self._dim.Meta.generate(version=version, private_key=next(keys))
            return self._adapter._id_of(meta, 0)
        return generate

    def encrypt(self, size):
        key, plaintext = self._dim.SymmetricKey.generate(algorithm='AES'), os.urandom(size)
        return lambda: key.encrypt(plaintext=plaintext, extra={})

    def decrypt(self, size):
        key, extra = self._dim.SymmetricKey.generate(algorithm='AES'), {}
        ciphertext = key.encrypt(plaintext=os.urandom(size), extra=extra)
        return lambda: key.decrypt(ciphertext=ciphertext, params=extra)

    # Parts

    def _user(self, name):
        made = self._adapter.new_user({
            'metaType': 'MKM', 'algorithm': 'RSA', 'network': 0, 'seed': name, 'name': name, 'terminals': [''],
        })
        return self._dim.ID.parse(identifier=made['id'])

    def _pack(self, sender, receiver, reuse=False):
        dim, messenger = self._dim, self._adapter.messenger
        messenger.reuse, messenger.is_new_key = reuse, False
        content = dim.BaseTextContent(text=TEXT)
        content.group = receiver if receiver.is_group else None
        envelope = dim.Envelope.create(sender=sender, receiver=receiver)
        secure = run(messenger.encrypt_message(msg=dim.InstantMessage.create(head=envelope, body=content)))
        signed = run(messenger.sign_message(msg=secure))
        return run(messenger.serialize_message(msg=signed))

    def _unpack(self, receiver, data):
        messenger = self._adapter.messenger
        messenger.local_users[:] = [receiver]
        signed = run(messenger.deserialize_message(data=data))
        secure = run(messenger.verify_message(msg=signed))
        if run(messenger.decrypt_message(msg=secure)).content.text != TEXT:
            raise ValueError('another text')


def rate(operation, seconds):
    """Operations a second, over this time or until there are no inputs left; once before, to warm up."""
    operation()
    count, elapsed, start = 0, 0, time.perf_counter()
    while elapsed < seconds:
        try:
            operation()
        except StopIteration:
            break
        count += 1
        elapsed = time.perf_counter() - start
    return count / elapsed


def main():
    operations = Operations()
    ANSWERS.write(json.dumps({'versions': operations._dim.versions()}) + '\n')
    ANSWERS.flush()
    for line in sys.stdin:
        request = json.loads(line)
        prepare = getattr(operations, request['operation'])
        ANSWERS.write(json.dumps({'rate': rate(prepare(request.get('input')), request['seconds'])}) + '\n')
        ANSWERS.flush()


if __name__ == '__main__':
    main()
