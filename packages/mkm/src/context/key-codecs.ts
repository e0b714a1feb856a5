/** Reading and making keys with the algorithms that the plugins define. */
import { DimError } from '../errors/dim-error.ts';
import type { Codec } from '../errors/result.ts';
import { callPluginAsync, callReader } from '../errors/call-plugin.ts';
import { collectDefinitions } from '../extension/definition-table.ts';
import type { GenerateKeyOptions, KeyAlgorithmDefinition } from '../keys/key-algorithm-definition.ts';
import type { Limits } from '../wire/limits.ts';
import type { Plugin } from '../extension/plugin.ts';
import { fieldOf, textOf } from '../wire/field-readers.ts';
import { isPlainObject, type JsonMap } from '../wire/json-map.ts';
import { createMapCodec } from '../wire/map-codec.ts';
import type { DecryptKey, EncryptKey, PrivateKey, PublicKey, SymmetricKey } from '../keys/key.ts';

/** Reads and makes keys of one kind. */
export interface KeyCodec<K> extends Codec<K> {
  /** A new key. @throws DimError `UNSUPPORTED_ALGORITHM`, `USAGE_ARGUMENT` */
  generate(algorithm: string, options?: GenerateKeyOptions): Promise<K>;
}

/** A codec for each kind of key. */
export interface KeyCodecs {
  /** Keys that verify; some also encrypt. */
  readonly PublicKey: Codec<PublicKey>;
  /** Keys that sign; some also decrypt. */
  readonly PrivateKey: KeyCodec<PrivateKey>;
  /** Keys that encrypt, whether or not they verify. */
  readonly EncryptKey: Codec<EncryptKey>;
  /** Keys that decrypt, whether or not they sign. */
  readonly DecryptKey: KeyCodec<DecryptKey>;
  readonly SymmetricKey: KeyCodec<SymmetricKey>;
  /** The names of all key algorithms that plugins define, in the order of the plugins. */
  readonly algorithms: readonly string[];
}

type Role = 'publicKey' | 'privateKey' | 'encryptKey' | 'decryptKey' | 'symmetricKey';

/** What is wanted of a key. */
interface Kind {
  /** For error messages. */
  readonly name: string;
  /** Where a definition may have it, the first first. */
  readonly roles: readonly Role[];
  /** What such a key can do. */
  readonly methods: readonly string[];
}

const PUBLIC: Kind = { name: 'public', roles: ['publicKey'], methods: ['verify'] };
const PRIVATE: Kind = { name: 'private', roles: ['privateKey'], methods: ['sign'] };
const ENCRYPT: Kind = { name: 'encryption', roles: ['encryptKey', 'publicKey'], methods: ['encrypt'] };
const DECRYPT: Kind = { name: 'decryption', roles: ['decryptKey', 'privateKey'], methods: ['decrypt'] };
const SYMMETRIC: Kind = { name: 'symmetric', roles: ['symmetricKey'], methods: ['encrypt', 'decrypt'] };

/** What a definition has for one kind of key. */
interface KeyReader {
  read(fields: JsonMap): object;
  generate?(options: GenerateKeyOptions): unknown;
}

/** The codecs of a context's plugins. */
export function createKeyCodecs(plugins: readonly Plugin[], limits: Limits): KeyCodecs {
  const definitions = collectDefinitions<KeyAlgorithmDefinition>(plugins, 'key', (definition) => definition.algorithm);

  function readerOf(definition: KeyAlgorithmDefinition | undefined, { roles }: Kind): KeyReader | undefined {
    return roles.map((role) => definition?.[role]).find((reader) => reader !== undefined);
  }

  /** @param shown the algorithm in the error: what a peer wrote is named only where a plugin has the same name */
  function find(algorithm: string, kind: Kind, shown: string, path = ''): KeyReader {
    const reader = readerOf(definitions.get(algorithm), kind);
    if (reader !== undefined) return reader;
    const others = [...definitions.values()].filter((definition) => readerOf(definition, kind) !== undefined);
    const only = others.length === 0 ? '' : `, only ${others.map((other) => other.algorithm).join(', ')}`;
    throw new DimError('UNSUPPORTED_ALGORITHM', `no plugin has ${shown} for ${kind.name} keys${only}`, { path });
  }

  function codecOf<K extends object>(kind: Kind): Codec<K> {
    // Key objects are the plugins' own classes: known by what they can do.
    const isRead = (input: unknown): input is K => isKey(input, kind);
    return createMapCodec(limits, isRead, (fields) => {
      const algorithm = textOf(fields, 'algorithm');
      checkKeyLength(fields, limits);
      const shown = definitions.get(algorithm)?.algorithm ?? 'this algorithm';
      const reader = find(algorithm, kind, shown, 'algorithm');
      const key = callReader(`key ${algorithm}`, () => reader.read(fields));
      if (canDo(key, kind.methods)) return key as K;
      throw new DimError('UNSUPPORTED_ALGORITHM', `must be of a ${kind.name} key, and ${algorithm} keys are none`, {
        path: 'algorithm',
      });
    });
  }

  function generatorOf<K extends object>(kind: Kind): KeyCodec<K> {
    return Object.freeze({
      ...codecOf<K>(kind),
      generate: async (algorithm: string, options: GenerateKeyOptions = {}) => {
        const reader = find(algorithm, kind, algorithm);
        const key = await callPluginAsync(`key ${algorithm}`, () => reader.generate?.(options));
        if (typeof key === 'object' && key !== null && canDo(key, kind.methods)) return key as K;
        throw new DimError('UNSUPPORTED_ALGORITHM', `${algorithm} keys are no ${kind.name} keys`);
      },
    });
  }

  return {
    PublicKey: codecOf<PublicKey>(PUBLIC),
    PrivateKey: generatorOf<PrivateKey>(PRIVATE),
    EncryptKey: codecOf<EncryptKey>(ENCRYPT),
    DecryptKey: generatorOf<DecryptKey>(DECRYPT),
    SymmetricKey: generatorOf<SymmetricKey>(SYMMETRIC),
    algorithms: Object.freeze([...definitions.keys()]),
  };
}

function isKey(input: unknown, { methods }: Kind): boolean {
  return typeof input === 'object' && input !== null && !isPlainObject(input) && canDo(input, methods);
}

function canDo(key: object, methods: readonly string[]): boolean {
  return methods.every((method) => typeof (key as Readonly<Record<string, unknown>>)[method] === 'function');
}

/** Before any plugin computes with it. */
function checkKeyLength(fields: JsonMap, limits: Limits): void {
  const data = fieldOf(fields, 'data');
  if (typeof data === 'string' && data.length > limits.keyLength)
    throw new DimError('INPUT_LIMIT', `is longer than ${limits.keyLength} characters`, { path: 'data' });
}
