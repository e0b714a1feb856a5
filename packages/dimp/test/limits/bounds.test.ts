/** Bounds of single values that no option moves. */
import { expect, test } from '@jest/globals';
import type { JsonMap, JsonValue } from '../../src/index.ts';
import { COMMON, withNetwork } from '../commands/command-wire.ts';
import { alice, errorOf } from '../world.ts';

const DID = alice.id.toString();
const { Content } = withNetwork;
const money = (fields: JsonMap): JsonMap => ({ type: '64', ...COMMON, currency: 'USD', amount: 1, ...fields });
const login = (station: JsonMap): JsonMap => ({ type: '136', ...COMMON, command: 'login', did: DID, station });
const search = (start: JsonValue): JsonMap => ({ type: '136', ...COMMON, command: 'search', keywords: 'x', start });
const text = (length: number): string => 'a'.repeat(length);

type Row = readonly [
  what: string,
  wire: (value: never) => JsonMap,
  accepted: readonly JsonValue[],
  refused: readonly JsonValue[],
  code: string,
  path: string,
];

const rows: readonly Row[] = [
  [
    'amounts: 2^53 - 1',
    (amount: JsonValue) => money({ amount }),
    [0, 2 ** 53 - 1, '9007199254740991', `1.${'0'.repeat(20)}`],
    [-1, 2 ** 53, 2n ** 53n, '9007199254740992'],
    'INPUT_RANGE',
    'amount',
  ],
  [
    'amounts as text: 16 digits and 20 decimals',
    (amount: JsonValue) => money({ amount }),
    ['0000000000000001'],
    ['00000000000000001', `1.${'0'.repeat(21)}`, '-1'],
    'INPUT_FORMAT',
    'amount',
  ],
  [
    'currencies: 32 characters',
    (currency: JsonValue) => money({ currency }),
    ['€', text(32)],
    ['', text(33)],
    'INPUT_FORMAT',
    'currency',
  ],
  [
    'names of commands: 64 characters',
    (command: JsonValue) => ({ type: '136', ...COMMON, command }),
    ['a', text(64)],
    ['', text(65)],
    'INPUT_FORMAT',
    'command',
  ],
  [
    'names of applications: 128 characters',
    (app: JsonValue) => ({ type: '160', ...COMMON, app }),
    ['a', text(128)],
    ['', text(129)],
    'INPUT_FORMAT',
    'app',
  ],
  [
    'names of modules: 128 characters',
    (mod: JsonValue) => ({ type: '204', ...COMMON, app: 'a', mod, act: 'a' }),
    ['a', text(128)],
    ['', text(129)],
    'INPUT_FORMAT',
    'mod',
  ],
  [
    'hosts: 253 characters',
    (host: JsonValue) => login({ host, port: 1 }),
    ['a', text(253)],
    ['', text(254)],
    'INPUT_FORMAT',
    'station.host',
  ],
  [
    'ports: 1 to 65535',
    (port: JsonValue) => login({ host: 'a', port }),
    [1, 65_535, '65535'],
    [0, 65_536, '65536', -1, 1.5],
    'INPUT_RANGE',
    'station.port',
  ],
  [
    'counts: 31 bits',
    search,
    [0, 0x7fff_ffff, '2147483647'],
    [-1, 0x8000_0000, '2147483648', 2n ** 64n],
    'INPUT_RANGE',
    'start',
  ],
  [
    'counts as text: 15 digits',
    search,
    ['000000000000001'],
    ['0000000000000001', '-1', '1.0'],
    'INPUT_FORMAT',
    'start',
  ],
];

test.each(rows)('%s', async (_what, wire, accepted, refused, code, path) => {
  for (const value of accepted) expect(() => Content.parse(wire(value as never))).not.toThrow();
  for (const value of refused) {
    const error = await errorOf(() => Content.parse(wire(value as never)));
    expect([error.code, error.path]).toEqual([code, path]);
  }
});
