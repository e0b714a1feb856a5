import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSink, fileSource, fileSpool } from '../../src/node/index.ts';
import { bytesIn, bytesOf, errorOf, inWorld, sha256 } from './world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dimsdk-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Who may do what. Windows has other ways to say so, and has it from the folder. */
function modeOf(path: string): number {
  const { mode } = statSync(path);
  if (process.platform === 'win32') return statSync(path).isDirectory() ? 0o700 : 0o600;
  return mode & 0o777;
}

describe('from disk to disk', () => {
  test('a file arrives as it was, and nothing else is left', async () => {
    const spool = mkdtempSync(join(folder, 'spool-'));
    await inWorld(
      async ({ files }) => {
        const bytes = bytesOf(3_000_000);
        writeFileSync(join(folder, 'in.mp4'), bytes);
        const content = await files.upload(await fileSource(join(folder, 'in.mp4')), { kind: 'video' });
        expect(content.filename).toBe('in.mp4');
        await files.downloadTo(content, fileSink(join(folder, 'out.mp4')));
        expect(sha256(readFileSync(join(folder, 'out.mp4')))).toBe(sha256(bytes));
        expect(readdirSync(folder).toSorted()).toEqual(['in.mp4', 'out.mp4', spool.slice(folder.length + 1)]);
        expect(readdirSync(spool)).toEqual([]);
      },
      { spool: fileSpool(spool) },
    );
  });

  test('a source that changes while it waits is not sent', () =>
    inWorld(async ({ files, server }) => {
      const path = join(folder, 'in.txt');
      writeFileSync(path, bytesOf(200_000));
      const source = await fileSource(path);
      writeFileSync(path, bytesOf(150_000));
      const error = await errorOf(() => files.upload(source));
      expect([error.code, error.path]).toEqual(['FILE_DAMAGED', 'source']);
      expect(server.asked).toEqual([]);
    }));

  test('a source that is not there is an error of the file system', async () => {
    await expect(fileSource(join(folder, 'none'))).rejects.toMatchObject({
      code: 'ENOENT',
      path: join(folder, 'none'),
    });
    await expect(fileSource(folder)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path: 'path' });
  });
});

describe('a sink', () => {
  test('has another name until it is closed, and replaces what was there', async () => {
    const path = join(folder, 'a.bin');
    writeFileSync(path, 'before');
    const writer = fileSink(path).getWriter();
    await writer.write(bytesOf(10));
    expect(readFileSync(path, 'utf8')).toBe('before');
    const names = readdirSync(folder);
    expect(names.length).toBe(2);
    expect(names.filter((name) => /^a\.bin\.[\da-f]{12}\.part$/.test(name)).length).toBe(1);
    await writer.close();
    expect(readFileSync(path).equals(bytesOf(10))).toBe(true);
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  test('is for this user alone', async () => {
    const writer = fileSink(join(folder, 'a.bin')).getWriter();
    await writer.close();
    expect(modeOf(join(folder, 'a.bin'))).toBe(0o600);
  });

  test('that is aborted leaves nothing', async () => {
    const writer = fileSink(join(folder, 'a.bin')).getWriter();
    await writer.write(bytesOf(10));
    await writer.abort(new Error('no'));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that cannot be written leaves nothing, and says why', async () => {
    const writer = fileSink(join(folder, 'no', 'a.bin')).getWriter();
    writer.closed.catch(() => undefined);
    await expect(writer.write(bytesOf(10))).rejects.toThrow('ENOENT');
    // A folder is in the way.
    const blocked = fileSink(folder).getWriter();
    blocked.closed.catch(() => undefined);
    await blocked.write(bytesOf(10));
    await expect(blocked.close()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(join(folder, '..')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('a spool', () => {
  const signal = new AbortController().signal;

  test('keeps bytes where nobody else reads them, until they are discarded', async () => {
    const spooled = await fileSpool(folder).keep(new Blob([bytesOf(100_000).slice()]).stream(), signal);
    for (const _ of [1, 2]) expect(sha256(await bytesIn(spooled.data))).toBe(sha256(bytesOf(100_000)));
    const [own] = readdirSync(folder);
    expect(modeOf(join(folder, own ?? ''))).toBe(0o700);
    await spooled.discard();
    await spooled.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('keeps nothing of what breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (readdirSync(folder).length > 0) throw new Error('of the stream');
        controller.enqueue(bytesOf(1000));
      },
    });
    await expect(fileSpool(folder).keep(broken, signal)).rejects.toThrow('of the stream');
    expect(readdirSync(folder)).toEqual([]);
  });
});
