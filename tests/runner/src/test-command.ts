/** Tests that hold for every command of this repository. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Command, Options } from './command.ts';
import { parseCommand } from './parse-command.ts';
import { UsageError } from './usage-error.ts';

/** Arguments that are wrong, and what is said of them. */
export type Wrong = readonly [args: readonly string[], said: RegExp];

/**
 * Tests the help, that the examples in it are right, and that what is wrong is told in one line.
 * @param main the program that runs the command
 * @param wrong what only this command can be given wrong; the first is given to the program, too
 */
export function testCommand<O extends Options, W extends string>(
  command: Command<O, W>,
  main: URL,
  wrong: readonly [Wrong, ...Wrong[]],
): void {
  const names = Object.entries(command.options);
  // Examples are for those who stand in the root of the workspace.
  process.env['INIT_CWD'] = fileURLToPath(new URL('../../..', import.meta.url));

  void test(`${command.name} shows what can be given`, () => {
    for (const flag of ['--help', '-h']) {
      const given = parseCommand(command, [flag]);
      assert.ok('help' in given);
      const help = wordsOf(given.help);
      assert.ok(help.includes(wordsOf(command.about)));
      for (const [name, { about }] of names) {
        assert.match(help, new RegExp(`--(no-)?${name} `));
        assert.ok(help.includes(wordsOf(about)), name);
      }
      for (const [line] of command.examples) assert.ok(help.includes(`${command.name} ${line}`.trim()), line);
    }
  });

  void test(`what the help of ${command.name} shows as examples can be given`, () => {
    assert.ok(command.examples.length > 0);
    for (const [line] of command.examples) {
      const args = (line.match(/"[^"]*"|\S+/g) ?? []).map((arg) => arg.replaceAll('"', ''));
      assert.ok('values' in parseCommand(command, args), line);
    }
  });

  void test(`${command.name} tells an option that there is not, and a value that is missing`, () => {
    refused(command, ['--unheard-of'], /^unknown option '--unheard-of'$/);
    for (const [name, option] of names) {
      if (option.kind === 'flag') continue;
      refused(command, [`--${name}x`, 'x'], new RegExp(`^unknown option '--${name}x' .Did you mean --${name}\\?.$`));
      refused(command, [`--${name}`], new RegExp(`'--${name} <.*' argument missing$`));
      refused(command, [`--${name}`, `--${names[0]?.[0]}`], new RegExp(`'--${name} <.*' argument missing$`));
    }
  });

  for (const [args, said] of wrong)
    void test(`${command.name} ${args.join(' ')} is refused`, () => refused(command, args, said));

  void test(`${command.name} ends with one line and 2 where it cannot run what was given`, () => {
    const [[args, said]] = wrong;
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(main), ...args], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout, stderr.indexOf('\n')], [2, '', stderr.length - 1], stderr);
    const [begin, end] = [`${command.name}: `, '; see --help\n'];
    assert.ok(stderr.startsWith(begin) && stderr.endsWith(end), stderr);
    assert.match(stderr.slice(begin.length, -end.length), said);
  });
}

function refused<O extends Options, W extends string>(command: Command<O, W>, args: readonly string[], said: RegExp) {
  assert.throws(
    () => parseCommand(command, args),
    (error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, said);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    },
  );
}

/** Texts that are the same but for the ends of their lines are the same. */
function wordsOf(text: string): string {
  return text.split(/\s/).filter(Boolean).join(' ');
}
