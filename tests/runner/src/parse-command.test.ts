/** What is read of arguments, by what was said of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineCommand } from './command.ts';
import { anyOf, anyText, flag, numberOf, oneOf, unlessLeftOut, valued, wholeNumberOf } from './option-kinds.ts';
import { parseCommand } from './parse-command.ts';

const TOY = defineCommand({
  name: 'pnpm toy',
  about: 'Plays.',
  options: {
    quick: flag('plays in short'),
    python: unlessLeftOut('without Python'),
    seconds: valued('N', 'for how long', numberOf, { fallback: 60, or: 'a minute' }),
    'first-seed': valued('N', 'which game', wholeNumberOf),
    only: valued('TEXT', 'a part of it', anyText),
    color: oneOf('color', ['red', 'green'], 'the color of the ball'),
    player: anyOf('player', ['one', 'two', 'three'], 'who plays'),
  },
  words: { what: 'game', choices: { chess: 'with a board', tennis: 'with a ball' } },
  examples: [['chess', 'a long one']],
  check: ({ quick, seconds }) => (quick && seconds > 10 ? '--quick: give --seconds 10 or fewer' : undefined),
});

function given(...args: readonly string[]) {
  const result = parseCommand(TOY, args);
  assert.ok('values' in result);
  return result;
}

test('what is not given has its fallback', () => {
  const { values, words } = given('chess');
  assert.deepEqual(words, ['chess']);
  assert.deepEqual(values, {
    quick: false,
    python: true,
    seconds: 60,
    'first-seed': undefined,
    only: undefined,
    color: undefined,
    player: ['one', 'two', 'three'],
  });
});

test('options and words may stand in any order, and a value behind a sign', () => {
  const { values, words } = given(
    'tennis',
    '--quick',
    '--seconds=0.5',
    'chess',
    '--first-seed',
    '7',
    '--no-python',
    '--only',
    '',
  );
  assert.deepEqual(words, ['tennis', 'chess']);
  assert.deepEqual([values.quick, values.seconds, values['first-seed']], [true, 0.5, 7]);
  assert.deepEqual([values.python, values.only], [false, '']);
});

test('of one value the last counts, and of many all do', () => {
  assert.equal(given('chess', '--color', 'red', '--color', 'green').values.color, 'green');
  assert.deepEqual(given('chess', '--player', 'two', '--player', 'one,three').values.player, ['two', 'one', 'three']);
});

test('types are those of the values', () => {
  const { values, words } = given('chess');
  const color: 'red' | 'green' | undefined = values.color;
  const seconds: number = values.seconds;
  const game: 'chess' | 'tennis' | undefined = words[0];
  // @ts-expect-error -- there is no such option
  assert.equal(values.nope, undefined);
  assert.deepEqual([color, seconds, game], [undefined, 60, 'chess']);
});

test('what is wrong is told in one line, with what would be right', () => {
  for (const [line, said] of [
    ['chess --quik', "unknown option '--quik' (Did you mean --quick?)"],
    ['chess --quick=yes', "unknown option '--quick=yes'"],
    ['chess --seconds', "option '--seconds <N>' argument missing"],
    ['chess --only --quick', "option '--only <TEXT>' argument missing"],
    ['chess --seconds x', '--seconds: "x" must be a number of zero or more'],
    ['chess --seconds -1', '--seconds: "-1" must be a number of zero or more'],
    ['chess --first-seed 0.5', '--first-seed: "0.5" must be a whole number of zero or more'],
    ['chess --color gren', '--color: there is no color "gren" (did you mean green?): red, green'],
    ['chess --color blue', '--color: there is no color "blue": red, green'],
    ['chess --player one,', '--player: there is no player "": one, two, three'],
    ['chess --quick', '--quick: give --seconds 10 or fewer'],
    ['tenis', 'there is no game "tenis" (did you mean tennis?): chess, tennis'],
    ['', 'name one game or more: chess, tennis'],
  ] as const)
    assert.throws(() => given(...line.split(' ').filter(Boolean)), { name: 'UsageError', message: said });
  assert.throws(() => given('chess', '--a\nb'), { message: "unknown option '--a b'" });
  assert.throws(() => given('chess', '--color', 'a\nb'), { message: '--color: there is no color "a\\nb": red, green' });
  assert.throws(
    () => given('x'.repeat(1000)),
    ({ message }: Error) => message.length < 200,
  );
});

test('who takes no words says so', () => {
  const { words: _words, ...wordless } = TOY;
  assert.throws(() => parseCommand(wordless, ['chess']), {
    message: '"chess" is no option, and nothing but options can be given',
  });
});

test('numbers are numbers', () => {
  assert.deepEqual(['0', '0.5', '60', '1e3'].map(numberOf), [0, 0.5, 60, 1000]);
  for (const text of ['', ' ', 'x', '-1', '1 2', 'NaN', 'Infinity'])
    for (const read of [numberOf, wholeNumberOf]) assert.throws(() => read(text), { name: 'UsageError' }, text);
  assert.throws(() => wholeNumberOf('1e300'), { name: 'UsageError' });
});
