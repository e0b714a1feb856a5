/** `dim id`: identities. */
import type { Cli } from '../command/cli.ts';
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
  });
}
