/** Keys of each kind: one side makes them, the other uses them. */
import { encodeBase64, encodeUtf8 } from 'dimp/extend';
import { same, type Exchange } from '../exchange.ts';
import { understand, type Scenario } from '../scenario.ts';
import { text } from '../values.ts';

const DATA = encodeBase64(encodeUtf8('What is to be signed or encrypted: é 漢字 😀'));

/** The writer signs; the reader verifies. Then the reader signs with the writer's key, and the writer verifies. */
async function exchangeSignature({ writer, reader }: Exchange, algorithm: string): Promise<void> {
  const made = await writer.request('new-key', { algorithm });
  const [key, publicKey] = [text(made, 'key'), text(made, 'publicKey')];
  for (const [signer, verifier] of [
    [writer, reader],
    [reader, writer],
  ] as const) {
    const signature = text(await signer.request('sign', { key, data: DATA }), 'signature');
    await verifier.request('verify', { publicKey, data: DATA, signature });
  }
}

async function exchangeAsymmetric({ writer, reader }: Exchange): Promise<void> {
  const made = await writer.request('new-key', { algorithm: 'RSA' });
  const [key, publicKey] = [text(made, 'key'), text(made, 'publicKey')];
  for (const [encrypter, decrypter] of [
    [writer, reader],
    [reader, writer],
  ] as const) {
    const { data = '' } = await encrypter.request('encrypt', { publicKey, data: DATA });
    same('data', DATA, (await decrypter.request('decrypt', { key, data }))['data']);
  }
}

async function exchangeSymmetric({ writer, reader }: Exchange, algorithm: string): Promise<void> {
  const key = text(await writer.request('new-key', { algorithm }), 'key');
  const { data = '', extra = '' } = await writer.request('encrypt', { key, data: DATA });
  same('data', DATA, (await reader.request('decrypt', { key, data, extra }))['data']);
}

/** A file is encrypted by its own key, and what travels in the content decrypts it. */
async function exchangeFile({ writer, reader }: Exchange, size: number): Promise<void> {
  const content = encodeBase64(Uint8Array.from({ length: size }, (_, index) => index % 251));
  const { data = '', key = '' } = await writer.request('encrypt-file', { data: content });
  same('data', content, (await reader.request('decrypt-file', { data, key }))['data']);
}

export const KEYS: readonly Scenario[] = [
  ...understand('Keys', {
    'RSA: sign and verify': async (exchange) => exchangeSignature(exchange, 'RSA'),
    'ECC: sign and verify': async (exchange) => exchangeSignature(exchange, 'ECC'),
    'RSA: encrypt and decrypt': exchangeAsymmetric,
    'AES: encrypt and decrypt': async (exchange) => exchangeSymmetric(exchange, 'AES'),
    PLAIN: async (exchange) => exchangeSymmetric(exchange, 'PLAIN'),
  }),
  ...understand('Files', {
    'a file with a key': async (exchange) => exchangeFile(exchange, 1000),
    'an empty file': async (exchange) => exchangeFile(exchange, 0),
    'a file of 1 MiB': async (exchange) => exchangeFile(exchange, 1024 * 1024),
  }),
];
