"""Makes what nobody may accept of what is sound, with this implementation's own classes."""

import base64
import json

from generation import Generation, map_of


def tamper_message(dim: Generation, how: str, package: dict, other: dict) -> dict:
    """`other` is another sound message of another sender."""
    changed = dict(package)
    if how == 'data changed':
        changed['data'] = _flip(package['data'])
    elif how == 'data cut off':
        changed['data'] = base64.b64encode(base64.b64decode(package['data'])[:-16]).decode()
    elif how == 'signature of another sender':
        key = dim.PrivateKey.generate(algorithm='ECC')
        changed['signature'] = base64.b64encode(key.sign(data=base64.b64decode(package['data']))).decode()
    elif how == 'signature of another message':
        changed['signature'] = other['signature']
    elif how == 'signature changed':
        changed['signature'] = _flip(package['signature'])
    elif how == 'no signature':
        del changed['signature']
    elif how == 'empty signature':
        changed['signature'] = ''
    elif how == 'sender changed':
        changed['sender'] = other['sender']
    elif how == 'data of another message':
        changed['data'] = other['data']
    elif how == 'keys of another message':
        changed['keys'] = {name: list(other['keys'].values())[0] for name in package['keys']}
    elif how == 'attached meta of another':
        changed['meta'] = other['meta']
    elif how == 'attached visa of another':
        changed['visa'] = other['visa']
    elif how == 'attached visa changed':
        changed['visa'] = tamper_document(dim, 'property changed', package['visa'])
    elif how == 'no receiver that can be read':
        changed['receiver'] = 'nobody at all'
    else:
        raise NotImplementedError(how)
    return changed


def tamper_meta(dim: Generation, how: str, meta: dict) -> dict:
    changed = json.loads(json.dumps(meta))
    if how == 'key of another':
        changed['key'] = map_of(dim.PrivateKey.generate(algorithm=meta['key']['algorithm']).public_key)
    elif how == 'seed changed':
        changed['seed'] = meta['seed'] + '1'
    elif how == 'fingerprint changed':
        changed['fingerprint'] = _flip(meta['fingerprint'])
    elif how == 'no fingerprint':
        del changed['fingerprint']
    elif how == 'type changed':
        changed['type'] = '4' if str(meta['type']) == '2' else '2'
    else:
        raise NotImplementedError(how)
    return changed


def tamper_document(dim: Generation, how: str, document: dict) -> dict:
    changed = dict(document)
    if how == 'property changed':
        changed['data'] = json.dumps({**json.loads(document['data']), 'name': 'Somebody Else'})
    elif how == 'signature of another':
        key = dim.PrivateKey.generate(algorithm='ECC')
        changed['signature'] = base64.b64encode(key.sign(data=document['data'].encode())).decode()
    elif how == 'signature changed':
        changed['signature'] = _flip(document['signature'])
    elif how == 'no signature':
        del changed['signature']
    else:
        raise NotImplementedError(how)
    return changed


def _flip(text: str) -> str:
    """The bytes with a bit changed in the middle."""
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1
    return base64.b64encode(bytes(data)).decode()
