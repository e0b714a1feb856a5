/** `dim group`: groups. */
import type { Cli } from '../command/cli.ts';
import type { GroupAct, GroupOptions } from '../groups/act-in-group.ts';

/** Adds the commands. */
export function addGroupCommands(cli: Cli): void {
  cli.group('group', 'makes groups, and says who is in them', (group) => {
    const act = async (what: GroupAct, options: GroupOptions): Promise<void> =>
      cli.run(async (call) => (await import('../groups/act-in-group.ts')).actInGroup(call, what, options));
    const online = (name: string, about: string, examples: Parameters<Cli['command']>[3]) =>
      cli
        .command(group, name, about, examples)
        .option('--timeout <seconds>', 'how long to wait until a station has told the others', '10')
        .option('--station <address>', 'another station than the one of this home (or DIM_STATION)');

    online('new', 'makes a group, whose owner you are', [
      ['group new Friends --member Bob --member Carol', 'with two others'],
    ])
      .argument('<name>', 'the name that people see')
      .requiredOption('--member <who...>', 'who is in it beside you')
      .action(async (name, { member, ...options }) => act({ do: 'new', name, members: member }, options));

    online('invite', 'adds people; of a member, asks for it', [['group invite Friends Dave', 'one more']])
      .argument('<group>', 'its ID or name')
      .argument('<who...>', 'whom')
      .action(async (name, who, options) => act({ do: 'invite', group: name, who }, options));

    online('expel', 'removes people', [['group expel Friends Dave', 'one less']])
      .argument('<group>', 'its ID or name')
      .argument('<who...>', 'whom')
      .action(async (name, who, options) => act({ do: 'expel', group: name, who }, options));

    online('leave', 'leaves a group', [['group leave Friends', 'for good']])
      .argument('<group>', 'its ID or name')
      .action(async (name, options) => act({ do: 'leave', group: name }, options));

    online('rename', 'gives a group another name', [['group rename Friends "Old friends"', 'its owner can']])
      .argument('<group>', 'its ID or name')
      .argument('<name>', 'the name that people see')
      .action(async (name, other, options) => act({ do: 'rename', group: name, name: other }, options));

    cli
      .command(group, 'list', 'lists the groups that you are a member of', [['group list', 'all of them']])
      .action(async () => cli.run(async (call) => (await import('../groups/show-groups.ts')).listGroups(call)));

    cli
      .command(group, 'members <group>', 'says who is what in a group', [['group members Friends', 'by its name']])
      .action(async (who) =>
        cli.run(async (call) => (await import('../groups/show-groups.ts')).showMembers(call, who)),
      );

    cli
      .command(group, 'history <group>', 'says who came and left, and who said so', [
        ['group history Friends', 'as it is known here'],
      ])
      .action(async (who) =>
        cli.run(async (call) => (await import('../groups/show-groups.ts')).showHistory(call, who)),
      );
  });
}
