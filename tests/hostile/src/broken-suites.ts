/** A library that does everything wrong, so that the tests see the runner fail: the input says how. */
import { DimError, type JsonMap } from 'dimp';
import { WireObject } from 'dimp/extend';
import { dim } from './dim.ts';
import type { CaseRunner } from './judge.ts';

/** An object that gives out what it holds. */
class Leaky extends WireObject {
  constructor(fields: object) {
    super(fields as JsonMap);
  }

  override toMap(): { [name: string]: string } {
    return this.fields as { [name: string]: string };
  }
}

const kept: unknown[] = [];

const BEHAVIORS: ReadonlyMap<string, (given: unknown) => unknown> = new Map<string, (given: unknown) => unknown>([
  ['accept', (given) => given],
  ['accept as a map', (given) => new Leaky({ given: String(given) })],
  ['accept as an ID', (given) => dim.ID.parse(given)],
  ['refuse', () => fail(new DimError('INPUT_FORMAT', 'no', { path: 'field' }))],
  ['refuse with false', () => false],
  ['throw', () => fail(new TypeError('x is not a function'))],
  ['overflow', overflow],
  ['hide an overflow', () => fail(new DimError('INPUT_FORMAT', 'no', { cause: overflowError() }))],
  ['hang', hang],
  ['never answer', () => new Promise(() => {})],
  ['work for more than a second', () => spin(1100)],
  ['end the program', () => process.exit(0)],
  ['pollute', () => Reflect.set(Object.prototype, 'polluted', 'yes')],
  ['repeat the input', (given) => fail(new DimError('INPUT_FORMAT', `cannot read ${String(given).slice(2, 40)}`))],
  ['repeat it behind', (given) => fail(new DimError('INPUT_FORMAT', 'no', { cause: new Error(String(given)) }))],
  ['talk too much', () => fail(new DimError('INPUT_FORMAT', 'no '.repeat(200)))],
  ['keep much memory', () => void kept.push(new Float64Array(1e7))],
  ['read twice', readTwice],
]);

export const SUITES: ReadonlyMap<string, CaseRunner> = new Map([
  [
    'broken',
    {
      suite: ({ input }) => {
        const { behavior, given } = input as { readonly behavior: string; readonly given: unknown };
        const behave = BEHAVIORS.get(behavior);
        if (behave === undefined) throw new Error(`no behavior ${behavior}`);
        return [
          { name: 'parse', run: () => behave(given) },
          { name: 'verify', run: () => true },
        ];
      },
    },
  ],
]);

function fail(error: Error): never {
  throw error;
}

function overflow(): number {
  return 1 + overflow();
}

function overflowError(): unknown {
  try {
    return overflow();
  } catch (error) {
    return error;
  }
}

function hang(): never {
  for (;;) spin(1000);
}

function spin(milliseconds: number): void {
  const start = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(start);
    if (user + system > milliseconds * 1000) return;
    for (let count = 0; count < 1e6; count++);
  }
}

function readTwice(given: unknown): unknown {
  const map = given as Record<string, unknown>;
  return [map['text'], map['text']];
}
