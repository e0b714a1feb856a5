import { describe, expect, test } from '@jest/globals';
import { FileContent, ImageContent, NetworkFile, type AttachmentContent } from 'dimp';
import type { FileProgress } from '../../src/index.ts';
import { bytesIn, bytesOf, checkProgress, dim, errorOf, inWorld, RecordingSink, sha256 } from './world.ts';

/** A content as its receiver has it. */
function received<C extends AttachmentContent>(content: C): C {
  return dim.Content.parse(JSON.parse(JSON.stringify(content))) as unknown as C;
}

describe('a file', () => {
  test.each([0, 1, 15, 16, 17, 64 * 1024, 1_000_003])('of %d bytes arrives as it was sent', (length) =>
    inWorld(async ({ files, server }) => {
      const bytes = bytesOf(length);
      const told: FileProgress[] = [];
      const onProgress = (progress: FileProgress): void => void told.push(progress);
      const content = await files.upload(bytes, { filename: 'secret plans.PDF', onProgress });
      checkProgress(told);
      expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['preparing', 'sending']);

      const sink = new RecordingSink();
      told.length = 0;
      const downloaded = await files.downloadTo(received(content), sink.writable, { onProgress });
      checkProgress(told);
      expect(sink.end).toBe('closed');
      expect(sha256(sink.bytes)).toBe(sha256(bytes));
      expect(downloaded).toEqual({ size: length, isVerified: true });
      expect(sha256(await bytesIn(await files.download(received(content))))).toBe(sha256(bytes));

      // The service knows neither the file nor its name.
      expect(server.names).toEqual(['file.pdf']);
      const [stored] = server.files.values();
      expect(stored?.length).toBe(Math.floor(length / 16) * 16 + 16);
      // Shorter pieces may be in it by chance.
      const isShown = length >= 16 && stored?.includes(Buffer.from(bytes.subarray(0, 16)));
      expect(isShown).toBe(false);
      expect(content.fields).toMatchObject({ size: length, sha256: sha256(stored ?? new Uint8Array()) });
      expect(content.filename).toBe('secret plans.PDF');
      expect(content).toBeInstanceOf(FileContent);
      expect(content.type).toBe('16');
    }),
  );

  test('has a key and a URL of its own, also when it is sent twice', () =>
    inWorld(async ({ files }) => {
      const bytes = bytesOf(9);
      const contents = [
        await files.upload(bytes, { filename: 'a.txt' }),
        await files.upload(bytes, { filename: 'a.txt' }),
      ];
      for (const name of ['data', 'iv']) expect(new Set(contents.map(({ key }) => key?.[name])).size).toBe(2);
      expect(new Set(contents.map(({ url }) => url)).size).toBe(2);
    }));

  test.each(['AES', 'AES-GCM', 'XSALSA20-POLY1305'])('is encrypted by %s', (algorithm) =>
    inWorld(async ({ files }) => {
      const bytes = bytesOf(100_000);
      const content = await files.upload(new Blob([bytes.slice()]), { filename: 'a.bin', algorithm });
      expect(content.key?.['algorithm']).toBe(algorithm);
      expect(sha256(await bytesIn(await files.download(received(content))))).toBe(sha256(bytes));
    }),
  );

  test('may be an image, with what is shown before it is there', () =>
    inWorld(async ({ files }) => {
      const thumbnail = NetworkFile.parse('data:image/png;base64,UE5H');
      const picture = new File([bytesOf(5000).slice()], 'cat.png', { type: 'image/png' });
      const content = await files.upload(picture, { kind: 'image', thumbnail, content: { sn: 7 } });
      expect(content).toBeInstanceOf(ImageContent);
      expect([content.type, content.filename, content.sn]).toEqual(['18', 'cat.png', 7]);
      expect(received(content).thumbnail?.data?.mimeType).toBe('image/png');
      // The part of another kind would be lost.
      const error = await errorOf(() => files.upload(picture, { kind: 'image', text: 'Meow' }));
      expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'text']);
    }));

  test('of a stream is read once', () =>
    inWorld(async ({ files }) => {
      const bytes = bytesOf(300_000);
      const content = await files.upload(new Blob([bytes.slice()]).stream(), { filename: 'a.mp4', kind: 'video' });
      expect(sha256(await bytesIn(await files.download(content)))).toBe(sha256(bytes));
    }));

  test('in the content itself needs no service', () =>
    inWorld(async ({ files, server }) => {
      const blob = await files.download(FileContent.create({ data: bytesOf(50), filename: 'a.txt' }));
      expect(sha256(await bytesIn(blob))).toBe(sha256(bytesOf(50)));
      expect(server.asked).toEqual([]);
    }));

  test('of an older client has neither size nor digest, and may have no key', () =>
    inWorld(async ({ files, server }) => {
      const bytes = bytesOf(1000);
      const url = server.put(bytes);
      const plain = new RecordingSink();
      expect(await files.downloadTo(FileContent.create({ url }), plain.writable)).toEqual({
        size: 1000,
        isVerified: false,
      });
      expect(sha256(plain.bytes)).toBe(sha256(bytes));

      // With the key of the message, as clients of earlier years encrypted files.
      const key = await dim.SymmetricKey.generate('AES');
      const { ciphertext, extra } = await key.encrypt(bytes);
      const old = FileContent.create({ url: server.put(ciphertext, 'old.bin') });
      const map = { ...key.toJSON(), iv: extra['IV'] ?? null };
      expect(sha256(await bytesIn(await files.download(old, { key: map })))).toBe(sha256(bytes));
      // The IV may stand in the content.
      const withIv = NetworkFile.parse({ URL: old.url ?? null, IV: extra['IV'] ?? null });
      expect(sha256(await bytesIn(await files.download(withIv, { key: key.toJSON() })))).toBe(sha256(bytes));
    }));

  test('of an avatar is uploaded as it is', () =>
    inWorld(async ({ files, server }) => {
      const picture = new File([bytesOf(777).slice()], 'me.jpg', { type: 'image/jpeg' });
      const told: FileProgress[] = [];
      const avatar = await files.uploadAvatar(picture, { onProgress: (progress) => void told.push(progress) });
      checkProgress(told);
      expect(server.asked[0]?.url.pathname).toBe('/upload/4DnqXWdTV8wuZgfqSCX9GjE2kNq7HJrUgQ/avatar');
      expect(server.names).toEqual(['avatar.jpg']);
      expect(sha256(await bytesIn(await files.download(avatar)))).toBe(sha256(bytesOf(777)));
      expect(JSON.stringify(avatar)).toMatch(/^"http:.*\.jpg"$/);
    }));
});
