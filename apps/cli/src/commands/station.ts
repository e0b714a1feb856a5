/** `dim station`: a station on this machine, and which one this home uses. */
import type { Cli } from '../command/cli.ts';

/** Adds the commands. */
export function addStationCommands(cli: Cli): void {
  cli.group('station', 'starts, asks and chooses a station', (station) => {
    cli
      .command(station, 'use <address>', 'chooses the station that this home connects to', [
        ['station use chat.example', 'port 9394'],
        ['station use wss://chat.example/dim', 'by WebSocket'],
      ])
      .action(async (address) =>
        cli.run(async (call) => (await import('../station/use-station.ts')).useStation(call, address)),
      );

    for (const [name, about, more] of COMMANDS) {
      const command = cli
        .command(station, name, about, [[`station ${name}${more}`, about], ...(name === 'start' ? [WITH_CHAT] : [])])
        .argument('[arguments...]', `as \`dimstation\` takes them: \`dim station ${name} --help\` has all`)
        .allowUnknownOption()
        .helpOption(false)
        .action(async () => {
          cli.exitCode = await (await import('../station/run-station.ts')).runStation(cli);
        });
      // As `dimstation` has it.
      if (name === 'queue') command.alias('queues');
    }
  });
}

const WITH_CHAT = ['station start --web', 'with the chat for browsers, and a place for their files'] as const;

const COMMANDS = [
  ['start', 'starts a station, until Ctrl+C ends it', ' --port 9394'],
  ['status', 'says how the station is that runs here', ''],
  ['users', 'lists the users that the station knows', ''],
  ['sessions', 'lists who is logged in', ''],
  ['queue', 'lists for whom messages wait', ''],
  ['block', 'takes nothing from a user from now on', ' 0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b'],
  ['unblock', 'takes messages of a user again', ' 0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b'],
  ['blocked', 'lists whom the operator keeps out', ''],
  ['backup', 'writes a copy of the database while the station runs', ' station-monday.db'],
] as const;
