/** The command line `dimstation`. */
import { Command, CommanderError, Option } from 'commander';
import { printable } from 'dimp/internal';
import { CONFIG, configure, type Configuration } from '../options/configure.ts';
import { wrong } from '../options/wrong.ts';
import { comesFrom, definitionOf, flagOf, OPTION_NAMES, variableOf, type OptionName } from '../options/options.ts';
import { shownConfiguration } from '../options/show-configuration.ts';
import { suggestion } from '../options/suggest.ts';
import {
  backupCommand,
  blockCommand,
  listCommand,
  statusCommand,
  type ClientCall,
  type ListingName,
} from './client-commands.ts';
import { checkFiles } from './check-files.ts';
import { EXIT, type CommandContext } from './command-context.ts';
import { startCommand } from './start-command.ts';
import { table } from './tables.ts';
import { tellFailure } from './tell-failure.ts';
import { ownVersion } from './version.ts';

/** Runs the command line. @returns the exit code */
export async function runCommand(context: CommandContext): Promise<number> {
  let code: number = EXIT.done;
  const program = createProgram(context, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(context.arguments.slice(), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.done;
      const reason = withoutValue(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
      return tellFailure(context, wrong(reason));
    }
    return tellFailure(context, error);
  }
}

/** What stands behind a name that is none may be a secret. */
function withoutValue(reason: string): string {
  const end = reason.indexOf('=');
  return reason.startsWith("unknown option '") && end !== -1 ? `${reason.slice(0, end)}'` : reason;
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function createProgram(context: CommandContext, finish: (code: number) => void): Command {
  const program = new Command(context.name)
    .description('A station of the DIM network. Without a command, it starts one.')
    .version(ownVersion(), '--version', 'prints the version')
    .helpOption('-h, --help', 'prints this')
    .helpCommand('help [command]', 'prints what a command takes')
    // What stands behind `start` is there to be refused.
    .configureHelp({ subcommandTerm: (command) => termOf(command) })
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // What was wrong is told in one line, by whoever catches it.
      writeErr: () => undefined,
    })
    .addHelpText('after', programHelp(context.name));
  const add = (name: string, about: string, options: readonly OptionName[], examples: readonly string[]) => {
    const command = program
      .command(name, { isDefault: name === 'start' })
      .description(about)
      .helpOption('-h, --help', 'prints this');
    for (const option of [...options.map(optionOf), configOption()]) command.addOption(option);
    return command.addHelpText(
      'after',
      `\nExamples:\n${examples.map((line) => `  $ ${context.name} ${line}\n`).join('')}`,
    );
  };

  add('start', 'starts a station, until Ctrl+C or SIGTERM ends it', OPTION_NAMES.filter(isFlag), START_EXAMPLES)
    .usage('[options]')
    .option(
      '--print-config',
      'prints all values, and where each is from, reads the files that they name, and starts nothing',
    )
    .option('--json', 'with --print-config: as JSON')
    .argument('[command...]')
    .action(async ([word]: readonly string[], values: Values) => {
      if (word !== undefined) throw wrong(`${printable(word)} is no command${suggestion(word, namesOf(program))}`);
      finish(await startOrPrint(context, values));
    });

  const ask = (name: string, about: string, examples: readonly string[]) =>
    add(name, about, CLIENT_OPTIONS, examples).option('--json', 'prints JSON');
  ask('status', 'says how the station is that runs here', ['status', 'status --json']).action(async (values: Values) =>
    finish(await statusCommand(callOf(context, values))),
  );
  for (const [name, about] of LISTS)
    ask(name, about, [name, `${name} --limit 1000 --json`])
      .option('--limit <count>', 'so many rows at most (default: 100)')
      .action(async (values: Values) => finish(await listCommand(callOf(context, values), name)));
  for (const [how, about] of BLOCKS)
    ask(how, about, [`${how} 0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b`])
      .argument('<id>', 'the ID of a user')
      .action(async (id: string, values: Values) => finish(await blockCommand(callOf(context, values), how, id)));
  ask('backup', 'writes a copy of the database while the station runs', ['backup station-monday.db'])
    .argument('<file>', 'a file that is not there yet; the station writes it, as its user')
    .action(async (file: string, values: Values) => finish(await backupCommand(callOf(context, values), file)));
  return program;
}

const CLIENT_OPTIONS: readonly OptionName[] = ['data', 'admin-host', 'admin-port', 'admin-socket'];

const LISTS: readonly (readonly [ListingName, string])[] = [
  ['users', 'lists the users that the station knows'],
  ['sessions', 'lists who is logged in'],
  ['queues', 'lists for whom messages wait, the fullest first'],
  ['blocked', 'lists whom the operator keeps out'],
];

const BLOCKS = [
  ['block', 'takes nothing from a user from now on'],
  ['unblock', 'takes messages of a user again'],
] as const;

const START_EXAMPLES = [
  '                                  for this machine, with its data in ./dimstation',
  'start --host 0.0.0.0 --public-host chat.example --data /var/lib/dimstation',
  'start --config station.json --print-config',
];

function programHelp(name: string): string {
  const examples = [
    ['', 'starts a station for this machine'],
    ['start --help', 'all options'],
    ['status', 'how it is'],
  ] as const;
  const lines = examples.map(([line, about]) => `  $ ${`${name} ${line}`.padEnd(34)}${about}\n`);
  return `\nExamples:\n${lines.join('')}\nExit codes: 0 done, 1 failed, 2 wrong command line or configuration, 3 no station answers.\n`;
}

function isFlag(name: OptionName): boolean {
  return comesFrom(name, 'flag');
}

function optionOf(name: OptionName): Option {
  const { kind, fallback, about, unit } = definitionOf(name);
  const given = fallback === undefined ? '' : kind.show(fallback);
  const rest = [...(unit === undefined ? [] : [unit]), ...(given === '' ? [] : [`default: ${given}`])];
  const inBrackets = rest.length === 0 ? '' : ` (${rest.join('; ')})`;
  return new Option(`${flagOf(name)} <${kind.placeholder}>`, `${about}${inBrackets}`);
}

function configOption(): Option {
  return new Option(`${flagOf(CONFIG)} <path>`, `a file with options, in JSON (or ${variableOf(CONFIG)})`);
}

function termOf(command: Command): string {
  const places = command.registeredArguments
    .filter(({ variadic }) => !variadic)
    .map((place) => {
      const name = place.name();
      return place.required ? `<${name}>` : `[${name}]`;
    });
  return [command.name(), ...(command.options.length > 0 ? ['[options]'] : []), ...places].join(' ');
}

function namesOf(program: Command): readonly string[] {
  return program.commands.map((command) => command.name());
}

async function startOrPrint(context: CommandContext, values: Values): Promise<number> {
  const configuration = configurationOf(context, values);
  if (values['printConfig'] !== true) return startCommand(context, configuration);
  const shown = shownConfiguration(configuration);
  const { settings } = configuration;
  const text =
    values['json'] === true
      ? `${JSON.stringify(Object.fromEntries(shown.map(({ name, value, origin }) => [name, { value: settings[name] === undefined ? null : value, origin }])), undefined, 2)}\n`
      : await table(
          ['OPTION', 'VALUE', 'FROM'],
          shown.map(({ name, value, origin }) => [name, value, origin]),
        );
  context.stdout.write(text);
  checkFiles(settings);
  return EXIT.done;
}

function callOf(context: CommandContext, values: Values): ClientCall {
  const limit = values['limit'];
  return {
    context,
    configuration: configurationOf(context, values),
    options: { json: values['json'] === true, limit: typeof limit === 'string' ? limit : undefined },
  };
}

function configurationOf({ environment, folder }: CommandContext, values: Values): Configuration {
  const flags = [...OPTION_NAMES, CONFIG].map((name): readonly [string, string | undefined] => {
    const value = values[attributeOf(name)];
    return [name, typeof value === 'string' ? value : undefined];
  });
  return configure({ flags: Object.fromEntries(flags), environment, folder });
}

/** What commander calls an option. */
function attributeOf(name: string): string {
  return new Option(flagOf(name)).attributeName();
}
