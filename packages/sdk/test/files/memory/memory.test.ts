import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FileServer, SECRET } from '../file-server.ts';
import { bytesOf, sha256 } from '../world.ts';
import type { TransferReport } from './transfer.ts';

const MB = 1024 * 1024;
/** Megabytes of the file: `FILE_MEGABYTES=100` for a longer run. */
const SIZE = Number(process.env['FILE_MEGABYTES'] ?? 20);
/** Milliseconds; it runs for seconds, but for minutes where much else does. */
const TIMEOUT = 10 * 60 * 1000;
const here = import.meta.dirname;

let folder: string;
let server: FileServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dimsdk-test-'));
  server = await FileServer.start();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test(
  'a file is neither held when it is sent, nor when it is fetched',
  async () => {
    const path = join(folder, 'film.mp4');
    writeFileSync(path, bytesOf(SIZE * MB));
    const program = ['--expose-gc', '--conditions=@dim/source', '--import', join(here, 'run-typescript.mjs')];
    const parameters = [join(here, 'transfer.ts'), server.origin, SECRET, path, folder];
    const { NODE_OPTIONS: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, [...program, ...parameters], { env });
    const report = JSON.parse(stdout) as TransferReport;
    if (SIZE !== 20) process.stdout.write(`${JSON.stringify(report, undefined, 1)}\n`);
    expect(sha256(readFileSync(`${path}.back`))).toBe(sha256(bytesOf(SIZE * MB)));
    expect(readdirSync(folder).toSorted()).toEqual(['film.mp4', 'film.mp4.back']);
    for (const phase of [report.uploading, report.downloading]) {
      // What is on its way, in the sockets of both directions: a few chunks, whatever the size.
      expect((phase.buffers - report.before.buffers) / MB).toBeLessThan(8);
      expect((phase.heap - report.before.heap) / MB).toBeLessThan(8);
    }
  },
  TIMEOUT,
);
