import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { httpFileService, type HttpFileServiceOptions, type UploadRequest } from '../../src/index.ts';
import { newSalt, readUploadSecret, signUpload } from '../../src/files/upload-signature.ts';
import { parseMultipart } from './multipart.ts';
import { bytesOf, errorOf, self } from './world.ts';

const request: UploadRequest = {
  purpose: 'file',
  name: 'file.png',
  sender: self,
  signal: new AbortController().signal,
  onSent: () => undefined,
};

const md5 = (...pieces: readonly Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(pieces)).digest();

/** A service whose requests are looked at, and never sent. */
function recording(upload: HttpFileServiceOptions['upload']): {
  readonly sent: { readonly url: URL; readonly body: Buffer; readonly type: string }[];
  readonly service: ReturnType<typeof httpFileService>;
} {
  const sent: { url: URL; body: Buffer; type: string }[] = [];
  const service = httpFileService({
    upload,
    async fetch(input, init) {
      const { url } = new Request(input);
      // What the platform makes of the form.
      const platform = new Request(url, { method: 'POST', body: init?.body ?? null });
      sent.push({
        url: new URL(url),
        body: Buffer.from(await platform.arrayBuffer()),
        type: platform.headers.get('content-type') ?? '',
      });
      return Response.json({ code: 200, url: 'https://example.com/1.png' });
    },
  });
  return { sent, service };
}

describe('the digest of an upload', () => {
  test('is MD5 over MD5 of the data, the secret and the salt', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array({ minLength: 1 }), (data, secret) => {
        const salt = newSalt();
        expect(salt.length).toBe(16);
        expect(signUpload(md5(data), secret, salt)).toBe(md5(md5(data), secret, salt).toString('hex'));
      }),
    );
    // By hand: md5(md5("hello") + "secret" + "salt"), of another implementation.
    const salt = new TextEncoder().encode('salt');
    expect(signUpload(md5(Buffer.from('hello')), Buffer.from('secret'), salt)).toBe(
      md5(Buffer.from('5d41402abc4b2a76b9719d911017c592', 'hex'), Buffer.from('secret'), salt).toString('hex'),
    );
  });

  test('goes with the file, however large, in a form of one part', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2000 }),
        fc.uint8Array({ minLength: 4, maxLength: 64 }),
        async (data, secret) => {
          const { sent, service } = recording({
            file: 'https://example.com/upload/{ID}/file?md5={MD5}&salt={SALT}&enigma={ENIGMA}',
            secret,
          });
          expect(await service.upload(new Blob([data.slice()]), request)).toEqual({ url: 'https://example.com/1.png' });
          const [{ url, body, type } = { url: new URL('x:'), body: Buffer.alloc(0), type: '' }] = sent;
          expect(url.pathname).toBe(`/upload/${self.address.toString()}/file`);
          const salt = Buffer.from(url.searchParams.get('salt') ?? '', 'hex');
          expect(url.searchParams.get('md5')).toBe(md5(md5(data), secret, salt).toString('hex'));
          expect(url.searchParams.get('enigma')).toBe(Buffer.from(secret).toString('hex').slice(0, 6));
          const parts = parseMultipart(type, body);
          expect(parts.length).toBe(1);
          expect(parts[0]?.headers).toEqual({
            'content-disposition': 'form-data; name="file"; filename="file.png"',
            'content-type': 'application/octet-stream',
          });
          expect(parts[0]?.data.equals(data)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a form', () => {
  test('holds what looks like its own end', async () => {
    const { sent, service } = recording({ file: 'https://example.com/' });
    const hostile = [
      '\r\n--',
      '--\r\n',
      '\r\n\r\n',
      '------formdata-undici-0',
      'Content-Disposition: form-data; name="x"',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string()), { maxLength: 20 }),
        async (pieces) => {
          sent.length = 0;
          const text = pieces.join('');
          await service.upload(new Blob([text]), request);
          const parts = parseMultipart(sent[0]?.type, sent[0]?.body ?? Buffer.alloc(0));
          expect(parts.map(({ data }) => data.toString())).toEqual([Buffer.from(text).toString()]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('secrets', () => {
  test.each([
    ['0123456789abcdef', '0123456789abcdef', '012345'],
    ['hex,0123456789abcdef', '0123456789abcdef', '012345'],
    ['base64,ASNFZ4mrze8=', '0123456789abcdef', 'ASNFZ4'],
    ['ab', 'ab', 'ab'],
  ])('are read: %s', (text, hex, enigma) => {
    const { bytes, enigma: selector } = readUploadSecret(text);
    expect([Buffer.from(bytes).toString('hex'), selector]).toEqual([hex, enigma]);
  });

  test.each(['', 'xyz', 'abc', 'base64,', 'base64,*', 'rot13,abcd', 'hex,'])(
    'are refused, and not shown: %j',
    async (secret) => {
      const error = await errorOf(() => httpFileService({ upload: { file: 'https://example.com/?{MD5}', secret } }));
      expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'secret']);
      expect(error.message).not.toMatch(/xyz|rot13/);
    },
  );
});

describe('addresses', () => {
  test.each<readonly [HttpFileServiceOptions['upload'] & object, string]>([
    [{ file: 'ftp://example.com/{ID}' }, 'upload.file'],
    [{ file: '/upload/{ID}' }, 'upload.file'],
    [{ file: 'https://example.com/{NAME}' }, 'upload.file'],
    [{ file: 'https://example.com/{ID}', avatar: 'x' }, 'upload.avatar'],
    [{ file: 'https://example.com/{ID}?md5={MD5}' }, 'upload.secret'],
  ])('are checked where they are configured: %j', async (upload, path) => {
    const error = await errorOf(() => httpFileService({ upload }));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
  });

  test('need not be there to download', async () => {
    const error = await errorOf(() => httpFileService().upload(new Blob([bytesOf(9).slice()]), request));
    expect([error.code, error.path]).toEqual(['FILE_REFUSED', 'url']);
  });

  test('may name the secret themselves', async () => {
    const { sent, service } = recording({
      file: 'https://example.com/?enigma={ENIGMA}',
      secret: 'abcdef00',
      enigma: '2nd',
    });
    await service.upload(new Blob(['x']), request);
    expect(sent[0]?.url.search).toBe('?enigma=2nd');
  });
});
