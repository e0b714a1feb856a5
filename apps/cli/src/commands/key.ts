/** `dim key`: keys, in all forms that they are written in. */
import type { AnyCommand, Cli } from '../command/cli.ts';

/** Adds the commands. */
export function addKeyCommands(cli: Cli): void {
  cli.group('key', 'makes, shows, converts keys', (key) => addTo(cli, key));
}

function addTo(cli: Cli, key: AnyCommand): void {
  cli
    .command(key, 'new', 'makes a key, for a file that only you read', [
      ['key new --file secret.json', 'a private key of ECC, as a map of the protocol'],
      ['key new --algorithm RSA --bits 3072 --form pkcs8 --file rsa.pem', 'PEM'],
      ['key new --algorithm AES --private', 'prints it'],
    ])
    .option('--algorithm <name>', 'ECC, RSA, AES, ED25519, X25519, AES-GCM or XSALSA20-POLY1305', 'ECC')
    .option('--bits <number>', 'the size, where there is a choice')
    .option('--form <form>', FORMS, 'map')
    .option('--file <file>', FILE)
    .option('--private', PRIVATE)
    .action(async (options) => cli.run(async (call) => (await import('../keys/new-key.ts')).newKey(call, options)));

  cli
    .command(key, 'show', 'says what a key is, whatever form it has', [
      ['key show secret.js', 'a file of any client: JSON, PEM, hex, base64, JWK'],
      ['key show id_key.pem --json', 'for machines'],
    ])
    .argument('<file>', KEY)
    .option('--algorithm <name>', ALGORITHM)
    .option('--part <half>', PART)
    .option('--private', 'prints the private key, too')
    .action(async (file, options) =>
      cli.run(async (call) => (await import('../keys/show-key.ts')).showKey(call, file, options)),
    );

  cli
    .command(key, 'convert', 'writes a key in another form', [
      ['key convert secret.js --to pkcs8 --file secret.pem', "a client's key for openssl"],
      ['key convert secret.pem --to jwk --public', 'the public half, as JWK'],
      ['key convert - --to map < public.hex', 'hex digits as they stand in a meta'],
    ])
    .argument('<file>', KEY)
    .requiredOption('--to <form>', FORMS)
    .option('--public', 'the public half of a private key')
    .option('--file <file>', FILE)
    .option('--private', PRIVATE)
    .option('--algorithm <name>', ALGORITHM)
    .option('--part <half>', PART)
    .action(async (file, options) =>
      cli.run(async (call) => (await import('../keys/convert-key.ts')).convertKey(call, file, options)),
    );
}

const KEY = 'JSON of any client, PEM, DER, JWK, hex digits or base64; - is standard input';
const FORMS =
  'map (of the protocol), jwk, pem, der, pkcs1, pkcs8, sec1, spki (PEM; with -der in base64), hex, hex-compressed or base64';
const FILE = 'where it goes: a new file that only you read; none is written over';
const PRIVATE = 'prints the key though it is private or secret: without this, none is ever printed';
const ALGORITHM = 'of a key that is nothing but bytes';
const PART = 'private or public, where both look the same: ED25519 and X25519';
