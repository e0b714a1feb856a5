/**
 * Packets of deployed clients and stations. They are not part of this repository: the folder is `../shared/network-vectors`
 * beside it, or the one that NETWORK_VECTORS_DIR names. Without it these tests are skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from '@jest/globals';

const repository = new URL('../../../..', import.meta.url).pathname;
const folder = resolve(repository, process.env['NETWORK_VECTORS_DIR'] ?? '../shared/network-vectors');

/** A packet, or an event that is none. */
export interface CapturedPacket {
  readonly conn: string | number;
  readonly from: 'client' | 'station';
  readonly header?: string;
  readonly type?: number;
  readonly transaction?: string;
  readonly length?: number;
  readonly body?: string;
}

/** What `mtp-codec.json` has of a packet. The body may be cut. */
export interface CodecPacket {
  readonly header: string;
  readonly type: number;
  readonly transaction: string | null;
  readonly pages: number;
  readonly index: number;
  readonly body_length: number;
}

export interface CodecCase {
  readonly name: string;
  readonly send: string;
  readonly reply: string | null;
  readonly send_packets: readonly CodecPacket[];
  readonly reply_packets?: readonly CodecPacket[] | null;
}

export interface Exchange {
  readonly dir: 'C>S' | 'S>C';
  readonly note: string;
  readonly payload: string;
}

/** A file of the folder. The caller knows its shape. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const readCapture = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;

/** The packets of all sessions, by the names of their files. */
export function readSessions(): ReadonlyMap<string, readonly CapturedPacket[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const sessions = files.map(
    (name) => [name, readCapture<{ readonly packets?: readonly CapturedPacket[] }>(name)] as const,
  );
  return new Map(sessions.flatMap(([name, { packets }]) => (packets === undefined ? [] : [[name, packets] as const])));
}

/** Tests with captures; skipped, with the reason, where they are missing. */
export function describeCaptures(title: string, tests: () => void): void {
  if (existsSync(folder)) {
    // oxlint-disable-next-line jest/valid-title
    describe(title, () => {
      tests();
    });
    return;
  }
  // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect
  test.skip(`${title}: there is no folder ${folder} (set NETWORK_VECTORS_DIR)`, () => undefined);
}
