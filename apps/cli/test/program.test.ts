/** What holds for the command line as a whole: help, examples, wrong lines. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { JsonMap } from 'dimp';
import { createProgram } from '../src/program.ts';
import { CHOICES } from '../src/commands/choices.ts';
import type { AnyCommand } from '../src/command/cli.ts';
import { dim, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const PROGRAM = fileURLToPath(new URL('../src/main.js', import.meta.url));

function everyCommand(): AnyCommand {
  const context = {
    arguments: [],
    environment: {},
    folder,
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    signal: new AbortController().signal,
  };
  return createProgram(context, { isWhole: true }).program;
}

function namesIn(parent: AnyCommand, above: readonly string[] = []): readonly (readonly string[])[] {
  return parent.commands.flatMap((command) => {
    const name = [...above, command.name()];
    return [name, ...namesIn(command, name)];
  });
}

test('a line without a command gets the help, and is not taken for done', async () => {
  for (const line of [[], ['station'], ['id'], ['key']]) {
    const { code, out, err } = await dim(folder, line);
    assert.deepEqual([code, err], [2, '']);
    assert.match(out, new RegExp(`^Usage: ${['dim', ...line].join(' ')} `));
  }
});

test('help says of each command what it takes', async () => {
  assert.match((await dim(folder, ['help'])).out, /^Usage: dim \[options\]/);
  for (const name of namesIn(everyCommand())) {
    const [byWord, byOption] = [await dim(folder, ['help', ...name]), await dim(folder, [...name, '--help'])];
    assert.equal(byWord.code, 0, name.join(' '));
    assert.match(byWord.out, new RegExp(`^Usage: dim ${name.join(' ')}[ |]`));
    // Those of a station are told by `dimstation`.
    if (name[0] !== 'station' || name[1] === 'use') assert.equal(byOption.out, byWord.out);
  }
});

test('help for what is no command says so, and what is near', async () => {
  for (const [line, said] of [
    [['help', 'foo'], /unknown command 'foo'/],
    [['help', 'statio'], /unknown command 'statio' \(Did you mean station\?\)/],
    [['help', 'id', 'neww'], /unknown command 'neww' \(Did you mean new\?\)/],
    [['help', 'send', 'foo'], /dim send has no commands/],
  ] as const) {
    const { code, out, err } = await dim(folder, line);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, said);
    assert.doesNotMatch(err, /outputHelp/);
  }
});

test('a wrong line is told to machines in JSON, and nothing else', async () => {
  for (const line of [['foo'], ['send'], [], ['id'], ['help', 'foo'], ['complete', 'foo'], ['id', 'new', '--foo']]) {
    const { code, out } = await dim(folder, ['--json', ...line]);
    assert.equal(code, 2);
    const { error } = JSON.parse(out) as { readonly error: JsonMap };
    assert.equal(error['code'], 'USAGE_ARGUMENT');
    assert.doesNotMatch(error['reason'] as string, /outputHelp/);
  }
});

test('each example parses, and is shown as it is typed', async () => {
  let count = 0;
  for (const name of [[], ...namesIn(everyCommand())]) {
    const { out } = await dim(folder, ['help', ...name]);
    for (const [, line = ''] of out.matchAll(/^ {2}\$ (.*)$/gm)) {
      const words = ownWords(line);
      assert.equal(words[0], 'dim', line);
      const program = everyCommand();
      const run: string[] = [];
      for (const command of leavesOf(program)) command.action(() => void run.push(command.name()));
      await program.parseAsync(words.slice(1), { from: 'user' });
      assert.equal(run.length, 1, line);
      count += 1;
    }
  }
  assert.ok(count > 60, `${count} examples`);
});

function leavesOf(parent: AnyCommand): readonly AnyCommand[] {
  return parent.commands.flatMap((command) => (command.commands.length > 0 ? leavesOf(command) : [command]));
}

/** What the shell gives to `dim`: the last of a pipe, without what comes from a file and what is said about it. */
function ownWords(line: string): readonly string[] {
  const own = line
    .replace(/^.*\| /, '')
    .replace(/ {2,}.*$/, '')
    .replace(/ [<>] .*$/, '');
  return [...own.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

test('what completes says how to get it', async () => {
  assert.match((await dim(folder, ['--help'])).out, /^ {2}complete <shell>/m);
  assert.match((await dim(folder, ['complete', '--help'])).out, /bash-completion/);
  const { code, err } = await dim(folder, ['complete', 'foo']);
  assert.equal(code, 2);
  assert.equal(err, 'dim: the shell must be bash, zsh, fish or powershell, not foo\n');
});

test('the tab key knows commands, options, and what they take', async () => {
  const completed = async (...line: readonly string[]): Promise<readonly string[]> => {
    // Shells read what the process prints.
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, 'complete', '--', ...line]);
    return stdout.split('\n').flatMap((row) => (row.includes('\t') ? row.split('\t', 1) : []));
  };
  assert.deepEqual(await completed('id', 'fo'), ['forget']);
  assert.deepEqual(await completed('send', '--wa'), ['--wait']);
  assert.deepEqual(await completed('send', '--wait', ''), ['queued', 'sent', 'delivered']);
  assert.deepEqual(await completed('file', 'send', '--kind', 'au'), ['audio']);
  assert.deepEqual(await completed('key', 'convert', '--to', 'pkcs'), ['pkcs1', 'pkcs8']);
  assert.ok((await completed('')).includes('complete'));
});

test('what the tab key offers is what the help says', () => {
  const options = leavesOf(everyCommand()).flatMap((command) => command.options);
  for (const [name, choices] of Object.entries(CHOICES)) {
    const [about = ''] = options.filter(({ long }) => long === `--${name}`).map(({ description }) => description);
    for (const choice of choices) assert.ok(about.includes(choice), `--${name} ${choice}: ${about}`);
  }
});

test('defaults are shown as they are typed', async () => {
  for (const name of namesIn(everyCommand()))
    assert.doesNotMatch((await dim(folder, ['help', ...name])).out, /\(default: "/, name.join(' '));
});
