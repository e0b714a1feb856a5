/** `dim contact`: whom one knows. */
import type { Cli } from '../command/cli.ts';
import type { ContactAct } from '../contacts/change-contact.ts';

const ID = '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b';

/** Adds the commands. */
export function addContactCommands(cli: Cli): void {
  cli.group('contact', 'adds, lists, names, blocks, forgets people', (contact) => {
    const change = async (who: string, act: ContactAct): Promise<void> =>
      cli.run(async (call) => (await import('../contacts/change-contact.ts')).changeContact(call, who, act));

    cli
      .command(contact, 'add <who>', 'adds somebody: an ID, or a file as `dim id show --contact` prints it', [
        [`contact add ${ID} --alias Bob`, 'asks the station who that is'],
        ['contact add bob.json', 'from a file, without a network'],
      ])
      .option('--alias <name>', 'what you call this person')
      .option('--offline', 'asks nobody')
      .option('--timeout <seconds>', 'how long to wait for the answer', '10')
      .option('--station <address>', 'another station than the one of this home (or DIM_STATION)')
      .action(async (who, options) =>
        cli.run(async (call) => (await import('../contacts/add-contact.ts')).addContact(call, who, options)),
      );

    cli
      .command(contact, 'list', 'lists who was added, blocked or muted', [['contact list --json', 'for machines']])
      .action(async () => cli.run(async (call) => (await import('../contacts/list-contacts.ts')).listContacts(call)));

    cli
      .command(contact, 'name <who> <alias>', 'says what you call somebody', [[`contact name ${ID} Bob`, 'an alias']])
      .action(async (who, alias) => change(who, { do: 'name', alias }));

    cli
      .command(contact, 'forget <who>', 'makes a contact a stranger again', [
        ['contact forget Bob', 'the messages stay'],
        ['contact forget Bob --identity', 'after an alarm about another key, when you have checked it with Bob'],
      ])
      .option('--identity', 'forgets meta and keys too: the next ones are believed')
      .action(async (who, { identity = false }) => change(who, { do: 'forget', identity }));

    for (const [how, about] of BLOCKS)
      cli
        .command(contact, `${how} <who>`, about, [[`contact ${how} Bob`, about]])
        .action(async (who) => change(who, { do: how }));
  });
}

const BLOCKS = [
  ['block', 'reads nothing of somebody from now on, and says nothing about it'],
  ['unblock', 'reads messages of somebody again'],
] as const;
