/** This repository's implementation as a side of the exchange. */
import { createRequire } from 'node:module';
import type { JsonMap } from 'dimp';
import { Refusal, Unsupported, type Introduction, type Side } from '../side.ts';
import { readDocument, readId, readMeta } from './identities.ts';
import { OWN_KINDS } from './kinds.ts';
import { decrypt, decryptFileData, encrypt, encryptFileData, newKey, sign, verify } from './keys.ts';
import { learn, newGroup, newUser, OwnMemory } from './memory.ts';
import { pack, unpack } from './messages.ts';
import { tamper } from './tampering.ts';

/** What an operation does: a map gives a map. */
export type Operation = (parameters: JsonMap) => Promise<JsonMap>;

/** A side of this library, with a memory of its own. */
export function createOwnSide(): Side {
  const memory = new OwnMemory();
  const operations: Readonly<Record<string, Operation>> = {
    'new-user': async (parameters) => newUser(memory, parameters),
    'new-group': async (parameters) => newGroup(memory, parameters),
    learn: async (parameters) => learn(memory, parameters),
    'read-id': async (parameters) => readId(parameters),
    'read-meta': readMeta,
    'read-document': readDocument,
    'new-key': newKey,
    sign,
    verify,
    encrypt,
    decrypt,
    'encrypt-file': encryptFileData,
    'decrypt-file': decryptFileData,
    pack: async (parameters) => pack(memory, parameters),
    unpack: async (parameters) => unpack(memory, parameters),
    tamper,
  };
  const introduction: Introduction = {
    name: 'dimp',
    versions: versions(),
    operations: ['hello', ...Object.keys(operations)],
    kinds: OWN_KINDS,
    shapes: ['2.4', 'deployed', '2.0'],
    reads: ['2.4', 'deployed', '2.0'],
    shortNames: true,
  };
  return {
    introduction,
    async request(name, parameters = {}) {
      if (name === 'hello') return { ...introduction };
      const operation = operations[name];
      if (operation === undefined) throw new Unsupported(`no operation ${name}`);
      try {
        return await operation(parameters);
      } catch (error) {
        if (error instanceof Unsupported) throw error;
        throw new Refusal(error instanceof Error ? `${codeOf(error)}${error.message}` : 'no reason', { cause: error });
      }
    },
    stop: async () => {},
  };
}

function codeOf(error: Error): string {
  return 'code' in error ? `${String(error.code)}: ` : '';
}

function versions(): Readonly<Record<string, string>> {
  const load = createRequire(import.meta.url);
  return Object.fromEntries(
    ['dimp', 'dimplugins'].map((name) => [
      name,
      (load(`${name}/package.json`) as { readonly version: string }).version,
    ]),
  );
}
