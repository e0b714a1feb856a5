import { describe, expect, test } from '@jest/globals';
import { encodePem, looksLikePem, parsePem } from '../../src/coding/pem.ts';
import { at, failure, failureCode, PrivateKey, utf8 } from '../fixtures.ts';

const der = new Uint8Array(100).map((_, index) => index);
const text = encodePem('PUBLIC KEY', der);
const body = at(/-\n([^-]*)\n-/.exec(text) ?? [], 1);

describe('PEM', () => {
  test('writes lines of 64 characters', () => {
    const lines = text.split('\n');
    expect(lines.map((line) => line.length)).toEqual([26, 64, 64, 8, 24]);
    expect(lines[0]).toBe('-----BEGIN PUBLIC KEY-----');
  });

  test.each([
    ['as written', text],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
    ['with blanks around and inside', `\n\t ${text.replaceAll('\n', ' \n\t')}\n\n`],
    ['in one line', text.replaceAll('\n', '')],
    ['after a byte order mark', `\ufeff${text}`],
    ['in quotes', `"${text}"`],
    ['after a comment', `# my key\n${text}`],
    [
      'after what OpenSSL says of it',
      `Bag Attributes\n    friendlyName: dim\nKey Attributes: <No Attributes>\n${text}`,
    ],
    ['before a note', `${text}\n-- see the wiki --`],
  ])('reads it %s', (_how, variant) => {
    expect(parsePem(variant)).toEqual([{ label: 'PUBLIC KEY', der }]);
  });

  test('reads several blocks, with or without line breaks between them', () => {
    const other = encodePem('RSA PRIVATE KEY', utf8('other'));
    for (const both of [`${text}\n${other}`, text + other]) {
      expect(parsePem(both).map(({ label }) => label)).toEqual(['PUBLIC KEY', 'RSA PRIVATE KEY']);
    }
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \n'],
    ['no PEM', '{"kty":"RSA"}'],
    ['only the beginning', '-----BEGIN PUBLIC KEY-----'],
    ['no end', text.slice(0, -24)],
    ['labels that differ', text.replace('END PUBLIC', 'END RSA PUBLIC')],
    ['no body', '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----'],
    ['no label', text.replaceAll('PUBLIC KEY', '')],
    ['a long label', text.replaceAll('PUBLIC KEY', 'A'.repeat(1000))],
    ['a label in lower case', text.replaceAll('PUBLIC KEY', 'public key')],
    ['no base64', text.replace(body, '!!!!')],
    ['a NUL in the body', text.replace(body, `\u0000${body}`)],
    ['base64 of another spelling', encodePem('PUBLIC KEY', new Uint8Array(1)).replace('AA==', 'AB==')],
    ['dashes of another alphabet', text.replaceAll('-', '—')],
  ])('refuses %s', async (_what, wrong) => {
    expect(await failureCode(() => parsePem(wrong))).toBe('INPUT_FORMAT');
  });

  test('refuses encrypted keys as not supported', async () => {
    const encrypted = encodePem('ENCRYPTED PRIVATE KEY', der);
    const legacy = text.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n');
    for (const wrong of [encrypted, legacy])
      expect(await failureCode(() => parsePem(wrong))).toBe('UNSUPPORTED_ALGORITHM');
  });

  test.each([
    ['a comment in a header', text.replace('\n', '\nComment: my phone\n\n'), 'headers in PEM are not supported'],
    ['a header of a signature', text.replace('\n', '\nProc-Type: 4,MIC-CLEAR\n\n'), 'headers in PEM are not supported'],
    [
      'line breaks of a variable of the environment',
      text.replaceAll('\n', String.raw`\n`),
      String.raw`has \n as two characters where a line break belongs`,
    ],
    ['a JWK', '{"kty":"RSA"}', 'must be PEM, with a line -----BEGIN ...-----'],
    ['a key of SSH', 'ssh-rsa AAAAB3NzaC1yc2E', 'must be PEM, with a line -----BEGIN ...-----'],
    ['DER in base64', body, 'must be PEM, with a line -----BEGIN ...-----'],
  ])('says what is wrong with %s', async (_what, wrong, reason) => {
    expect(await failure(() => parsePem(wrong))).toMatchObject({ code: 'INPUT_FORMAT', reason });
  });

  test.each([
    ['RSA', 'OPENSSH PRIVATE KEY'],
    ['RSA', 'CERTIFICATE'],
    ['RSA', 'EC PRIVATE KEY'],
    ['ECC', 'RSA PRIVATE KEY'],
  ])('%s keys: names the label %s', async (algorithm, label) => {
    const { reason } = await failure(() => PrivateKey.parse({ algorithm, data: encodePem(label, der) }));
    expect(reason).toBe(`holds the PEM block ${label}, which is no key of this algorithm`);
  });

  test('does not name a label that is no words', async () => {
    const { message } = await failure(() =>
      PrivateKey.parse({ algorithm: 'RSA', data: encodePem('A1'.repeat(16), der) }),
    );
    expect(message).toBe('INPUT_FORMAT at data: holds a PEM block, which is no key of this algorithm');
  });

  test('takes time in proportion to the text', async () => {
    // Of the processor: how long it waits for that says nothing of the work.
    const start = process.cpuUsage();
    for (const wrong of ['-'.repeat(1_000_000), '-----BEGIN PUBLIC KEY-----\n'.repeat(40_000), text.repeat(9)]) {
      expect(await failureCode(() => parsePem(wrong))).toMatch(/^INPUT_(FORMAT|LIMIT)$/);
    }
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(500);
  });

  test('never shows the text in an error', async () => {
    const { message, cause } = await failure(() => parsePem(text.replace(body, `${body}!`)));
    expect(message).not.toContain(body.slice(0, 8));
    expect(String(cause)).not.toContain(body.slice(0, 8));
  });

  test('knows PEM when it sees it', () => {
    expect(looksLikePem(text)).toBe(true);
    expect(looksLikePem('04ff')).toBe(false);
  });
});
