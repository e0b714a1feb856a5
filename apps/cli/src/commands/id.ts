/** `dim id`: identities. */
import type { AnyCommand, Cli } from '../command/cli.ts';
// It needs little, and who one is is asked often.
import { showIdentity } from '../identity/show-identity.ts';

/** Adds the commands. */
export function addIdCommands(cli: Cli): void {
  cli.group('id', 'makes, shows, moves identities', (id) => {
    cli
      .command(id, 'new', 'makes an identity, and keeps its keys in this home', [
        ['id new --name Alice', 'somebody, at this device'],
        ['id new --name Echo --seed echo --type bot', 'a bot, with a name in its ID'],
        ['id new --name Alice --words', 'prints twelve words that bring the identity back'],
      ])
      .requiredOption('--name <name>', 'the name that people see')
      .option('--seed <seed>', 'a name inside of the ID, as deployed clients of old have it')
      .option('--type <type>', 'user, bot or station')
      .option('--terminal <name>', 'what this device is called among those of the identity')
      .option('--words [count]', 'makes it from 12 or 24 words that are printed once')
      .action(async (options) =>
        cli.run(async (call) => (await import('../identity/new-identity.ts')).newIdentity(call, options)),
      );

    cli
      .command(id, 'show [id]', 'shows an identity: one of this home, or of somebody known', [
        ['id show', 'who I am'],
        ['id show 0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b', 'somebody else'],
        ['id show --contact > alice.json', 'what others need to write to me'],
      ])
      .option('--contact', 'prints the contact as JSON: ID, meta and visas, for others to add')
      .action(async (who, options) => cli.run(async (call) => showIdentity(call, who, options)));

    cli
      .command(id, 'verify', 'says step by step what holds of an identity', [
        ['id verify alice.json', 'checksum, meta, fingerprint, each visa'],
        ['id verify 0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b', 'with what is known here'],
      ])
      .argument('<id-or-file>', 'an ID; a contact, or another file with parts of an identity; - is standard input')
      .action(async (source) =>
        cli.run(async (call) => (await import('../identity/verify-identity.ts')).verifyIdentity(call, source)),
      );

    cli
      .command(id, 'list', 'lists the identities of this home', [['id list', 'all of them']])
      .action(async () =>
        cli.run(async (call) => (await import('../identity/list-identities.ts')).listIdentities(call)),
      );

    cli
      .command(id, 'use <id>', 'chooses the identity of this home that commands use without --as', [
        ['id use Alice', 'by the name'],
      ])
      .action(async (who) =>
        cli.run(async (call) => (await import('../identity/use-identity.ts')).useIdentity(call, who)),
      );

    addMoving(cli, id);
  });
}

/** To other devices, and back. */
function addMoving(cli: Cli, id: AnyCommand): void {
  cli
    .command(id, 'export', 'writes an identity with its keys into one text, sealed by a passphrase of its own', [
      ['id export --contacts --file alice.dim', 'for another device, or a drawer'],
      ['id export > alice.dim', 'the same, for a pipe'],
    ])
    .option('--file <file>', 'a new file that only you read; none is written over')
    .option('--contacts', 'with the people whom you have added')
    .option('--file-passphrase-file <file>', FILE_PASSPHRASE)
    .option('--file-passphrase-fd <number>', 'the same, from an open file')
    .action(async (options) =>
      cli.run(async (call) => (await import('../identity/export-identity.ts')).exportIdentityFile(call, options)),
    );

  cli
    .command(id, 'import', 'reads an identity with its keys, as one more device', [
      ['id import alice.dim', 'what `dim id export` wrote'],
      ['id import alice.dim --same-device', 'instead of that device, which is used no longer'],
      ['id import secret.js --meta meta.js --documents documents.js', "another client's files"],
    ])
    .argument('<file>', 'what `dim id export` wrote, a backup, or a private key; - is standard input')
    .option('--terminal <name>', 'what this device is called among those of the identity; a new name, if not given')
    .option(
      '--same-device',
      'goes on as the device that the file is from: two of one name take the messages of each other',
    )
    .option('--name <name>', 'the name that people see at this device')
    .option('--meta <file>', 'of a private key (JSON, PEM, hex): the meta')
    .option('--id <id>', 'its ID, where neither meta nor documents say it')
    .option('--documents <file>', 'its visas')
    .option('--keys <file>', 'the private keys of its visas: a key, or a JSON list of them')
    .option('--file-passphrase-file <file>', FILE_PASSPHRASE)
    .option('--file-passphrase-fd <number>', 'the same, from an open file')
    .action(async (file, options) =>
      cli.run(async (call) => (await import('../identity/import-identity.ts')).importIdentityFile(call, file, options)),
    );

  cli
    .command(id, 'words', 'makes an identity again from the words of `dim id new --words`', [
      ['id words --name Alice', 'asks for the words, and does not show them'],
      ['id words --name Alice < words.txt', 'reads them: they are never arguments, which others can see'],
    ])
    .requiredOption('--name <name>', 'the name that people see')
    .option('--terminal <name>', 'what this device is called among those of the identity')
    .action(async (options) =>
      cli.run(async (call) => (await import('../identity/restore-identity.ts')).restoreIdentity(call, options)),
    );

  cli
    .command(id, 'forget <id>', 'removes an identity of this home: its private keys, for good', [
      ['id forget Alice', 'asks first'],
      ['id forget Alice --yes', 'does not ask'],
    ])
    .option('--yes', 'does not ask')
    .action(async (who, options) =>
      cli.run(async (call) => (await import('../identity/forget-identity.ts')).forgetIdentity(call, who, options)),
    );
}

const FILE_PASSPHRASE = 'the first line opens the exported identity (or DIM_FILE_PASSPHRASE, else it is asked)';
