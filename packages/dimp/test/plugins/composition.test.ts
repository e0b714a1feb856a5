/**
 * Plugins side by side: they work together, or one error names both and says what can be done.
 *
 * @jest-environment node
 */
import { describe, expect, test } from '@jest/globals';
import { modernPlugin } from 'dimplugins/modern';
import { standardPlugin } from 'dimplugins';
import {
  Command,
  Content,
  createApplication,
  createDim,
  defineAddress,
  defineApplication,
  defineCommand,
  defineContent,
  defineCustomized,
  defineDocument,
  defineKeyAlgorithm,
  defineMeta,
  definePlugin,
  Document,
  ModuleContent,
  stationPlugin,
  type Plugin,
} from '../../src/index.ts';
import { textOf, type AnyDefinition } from '../../src/extend.ts';
import { dim, faultOf } from '../world.ts';
import { loadOtherCopy } from '../copies/other-copy.ts';

class Move extends Content {
  readonly kind = 'chess-move';
  readonly move: string = textOf(this.fields, 'move');
}
class Stone extends Content {
  readonly kind = 'go-stone';
  readonly stone: string = textOf(this.fields, 'stone');
}
class Board extends ModuleContent {
  readonly kind = 'chess-board';
}
class TextOfMine extends Content {
  readonly kind = 'text';
}
class Ping extends Command {
  readonly kind = 'ping';
}
class Pong extends Command {
  readonly kind = 'pong';
}
class Poll extends Content {
  readonly kind = 'poll';
}
class Vote extends Content {
  readonly kind = 'vote';
}

const CHESS = 'com.example.chess';
const move = defineApplication({ app: CHESS, kind: 'chess-move', class: Move });
const stone = defineApplication({ app: 'com.example.go', kind: 'go-stone', class: Stone });
const board = defineCustomized({ app: CHESS, mod: 'board', kind: 'chess-board', class: Board });
const poll = defineContent({ type: '1001', kind: 'poll', class: Poll });
const ping = defineCommand({ command: 'ping', kind: 'ping', class: Ping });
const read = (): never => {
  throw new Error('is not read');
};
const APP = { type: '160', sn: 1, time: 1 };

/** What a context of these plugins says. */
async function clashOf(...plugins: readonly Plugin[]): Promise<readonly [path: string, reason: string]> {
  const [code, path, reason] = await faultOf(() => dim.extend(...plugins));
  expect(code).toBe('USAGE_DUPLICATE');
  return [path, reason];
}

describe('two plugins with different applications', () => {
  const chess = definePlugin('chess', [move, board]);
  const go = definePlugin('go', [stone]);
  const both = dim.extend(chess, go);

  test('work together, and the kind tells whose a content is', () => {
    const content = both.Content.parse({ ...APP, app: 'com.example.go', stone: 'k10' });
    // The compiler knows the fields of each.
    const said = content.kind === 'go-stone' ? content.stone : content.kind === 'chess-move' ? content.move : undefined;
    expect(said).toBe('k10');
    const made = both.Content.parse(createApplication(move, { move: 'e4' }).toMap());
    expect(made.kind === 'chess-move' && made.move).toBe('e4');
    // @ts-expect-error -- no plugin has such a kind
    expect(made.kind === 'checkers-move').toBe(false);
  });

  test('an application and a module of the same one stand side by side, and a third is unknown', () => {
    expect(both.Content.parse({ ...APP, type: '204', app: CHESS, mod: 'board', act: 'show' }).kind).toBe('chess-board');
    expect(both.Content.parse({ ...APP, app: 'com.example.other' }).kind).toBe('unknown-application');
    expect(both.Content.parse({ ...APP, type: '204', app: CHESS, mod: 'x', act: 'y' }).kind).toBe('unknown-module');
  });

  test('in one context or after each other', () => {
    const later = dim.extend(chess).extend(go);
    expect(later.Content.parse({ ...APP, app: CHESS, move: 'e4' }).kind).toBe('chess-move');
    expect(dim.extend(go, chess, stationPlugin, modernPlugin()).algorithms).toContain('ED25519');
  });

  test('by another copy of the packages, too', async () => {
    const other = await loadOtherCopy();
    class Foreign extends other.Content {
      readonly kind = 'foreign';
    }
    const foreign = other.definePlugin('foreign', [
      other.defineApplication({ app: 'com.example.foreign', kind: 'foreign', class: Foreign }),
    ]);
    expect(dim.extend(chess, foreign).Content.parse({ ...APP, app: 'com.example.foreign' }).kind).toBe('foreign');
    const same = other.definePlugin('same', [other.defineApplication({ app: CHESS, kind: 'foreign', class: Foreign })]);
    expect((await clashOf(chess, same))[1]).toMatch(/^application com\.example\.chess of plugin same .* plugin chess /);
  });
});

const REMEDY = 'leave one of them out, or give the later one `replace: true`';

describe('two plugins with the same', () => {
  const address = (text: string) => defineAddress({ name: 'mine', parse: () => (text === '' ? read() : undefined) });
  const meta = (type: string, name: string) => defineMeta({ type, name, seed: 'absent', address: () => undefined });
  test.each<[string, AnyDefinition, AnyDefinition]>([
    ['application com.example.chess', move, { ...stone, app: CHESS } as AnyDefinition],
    ['module board of com.example.chess', board, { ...board, kind: 'other' } as AnyDefinition],
    ['command ping', ping, defineCommand({ command: 'ping', kind: 'pong', class: Pong })],
    ['content 1001', poll, defineContent({ type: '1001', kind: 'vote', class: Vote })],
    ['document badge', defineDocument({ type: 'badge', class: Document }), defineDocument({ type: 'badge', read })],
    ['address mine', address('a'), address('b')],
    ['meta 9', meta('9', 'NINE'), meta('9', 'NEUN')],
    ['meta named nine', meta('8', 'NINE'), meta('9', 'nine')],
    ['key MINE', defineKeyAlgorithm({ algorithm: 'MINE' }), defineKeyAlgorithm({ algorithm: 'MINE' })],
  ])('%s: one error that names both', async (what, one, other) => {
    const plugins = [definePlugin('first', [one]), definePlugin('second', [other])] as const;
    expect(await clashOf(...plugins)).toEqual([
      '',
      `${what} of plugin second is defined by plugin first already: ${REMEDY}`,
    ]);
    // The later one may say that it means it; the earlier one may not say so for it.
    const later = definePlugin('second', [other], { replace: true });
    expect(Object.isFrozen(dim.extend(plugins[0], later))).toBe(true);
    expect((await clashOf(later, plugins[0]))[1]).toContain('of plugin first is defined by plugin second already');
    // In one plugin it is a slip, whatever it may replace.
    for (const replace of [false, true])
      expect((await clashOf(definePlugin('mine', [one, other], { replace })))[1]).toBe(
        `${what} is defined twice by plugin mine`,
      );
  });

  test('kind', async () => {
    const other = defineCommand({ command: 'poll', kind: 'poll' as 'ping', class: Ping });
    expect(await clashOf(definePlugin('polls', [poll]), definePlugin('questions', [other]))).toEqual([
      '',
      'kind poll of plugin questions is one of plugin polls already: name it otherwise',
    ]);
  });

  test('kind, where the later replaces something else', async () => {
    const text = defineApplication({ app: CHESS, kind: 'text', class: TextOfMine });
    expect((await clashOf(definePlugin('mine', [text], { replace: true })))[1]).toBe(
      'kind text of plugin mine is one of plugin dimp still, by content 1: replace that too, or name it otherwise',
    );
    const documents = defineCommand({ command: 'documents', kind: 'documents' as 'ping', class: Ping });
    expect((await clashOf(definePlugin('mine', [documents], { replace: true })))[1]).toMatch(/still, by command /);
  });

  test('name are told apart, and work together where they define different things', async () => {
    const [chess, go] = [definePlugin('games', [move]), definePlugin('games', [stone])];
    expect(dim.extend(chess, go).Content.parse({ ...APP, app: CHESS, move: 'e4' }).kind).toBe('chess-move');
    expect((await clashOf(chess, definePlugin('games', [{ ...stone, app: CHESS } as typeof stone])))[1]).toBe(
      `application com.example.chess of plugin games is defined by another plugin games already: ${REMEDY}`,
    );
    const [one, two] = [poll, { ...poll, type: '1002' } as typeof poll];
    expect((await clashOf(definePlugin('games', [one]), definePlugin('games', [two])))[1]).toContain(
      'kind poll of plugin games is one of another plugin games already',
    );
  });

  test('object are one that is there twice', async () => {
    const chess = definePlugin('chess', [move], { replace: true });
    expect(await faultOf(() => createDim({ plugins: [chess, standardPlugin(), chess] }))).toEqual([
      'USAGE_DUPLICATE',
      'plugins[2]',
      'plugin chess is there twice: it is plugins[0] too',
    ]);
    expect(await faultOf(() => dim.extend(chess).extend(chess))).toEqual([
      'USAGE_DUPLICATE',
      'plugins[2]',
      'plugin chess is there twice: it is plugins[1] too',
    ]);
    expect((await clashOf(standardPlugin()))[1]).toMatch(
      / of plugin standard is defined by another plugin standard already/,
    );
  });
});

describe('what the protocol has', () => {
  test.each([
    ['136', 'a command by its name: use defineCommand'],
    ['137', 'a command by its name: use defineCommand'],
    ['160', 'an application by its name: use defineApplication'],
    ['204', 'a module by its name: use defineCustomized'],
  ] as const)('contents of type %s are read by their names', async (type, remedy) => {
    const definition = defineContent({ type, kind: 'poll', class: Poll });
    for (const replace of [false, true])
      for (const beside of [[], [definePlugin('others', [move, board, ping])]])
        expect(await clashOf(...beside, definePlugin('mine', [definition], { replace }))).toEqual([
          '',
          `content ${type} of plugin mine is one of plugin dimp, which finds ${remedy}`,
        ]);
  });

  test('is named by its plugin', async () => {
    const text = defineContent({ type: '1', kind: 'poll', class: Poll });
    expect((await clashOf(definePlugin('mine', [text])))[1]).toBe(
      `content 1 of plugin mine is defined by plugin dimp already: ${REMEDY}`,
    );
    const meta = defineCommand({ command: 'meta', kind: 'ping', class: Ping });
    expect((await clashOf(definePlugin('mine', [meta])))[1]).toContain(
      'command meta of plugin mine is defined by plugin dimp',
    );
    for (const [kind, owner] of [
      ['unknown-application', 'dimp'],
      ['unknown-module', 'dimp'],
      ['unknown-command', 'dimp'],
      ['unknown-history-command', 'dimp'],
      ['text', 'dimp'],
      ['unknown', 'dkd'],
    ] as const)
      expect((await clashOf(definePlugin('mine', [{ ...poll, kind: kind as 'poll' }])))[1]).toContain(
        `kind ${kind} of plugin mine is one of plugin ${owner} already`,
      );
    const visa = defineDocument({ type: 'visa', class: Document });
    expect((await clashOf(definePlugin('mine', [visa])))[1]).toContain(
      'document visa of plugin mine is defined by plugin mkm',
    );
  });

  test('is replaced by who says so', () => {
    class Greeting extends Content {
      readonly kind = 'text';
      readonly text = `${textOf(this.fields, 'text')}!`;
    }
    const greeting = defineContent({ type: '1', kind: 'text', class: Greeting });
    const content = dim
      .extend(definePlugin('mine', [greeting], { replace: true }))
      .Content.parse({ type: '1', sn: 1, text: 'Hello' });
    expect(content.kind === 'text' && content.text).toBe('Hello!');
    const again = dim.extend(definePlugin('mine', [{ ...stone, app: CHESS } as typeof stone]));
    expect(again.Content.parse({ ...APP, app: CHESS, stone: 'k10' }).kind).toBe('go-stone');
  });
});

test('a reader of a module or command that gives nothing is named', async () => {
  const nothing = () => undefined as never;
  const hollow = dim.extend(
    definePlugin('hollow', [
      defineCustomized<Board>({ app: CHESS, mod: 'board', kind: 'chess-board', read: nothing }),
      defineCommand<Ping>({ command: 'ping', kind: 'ping', read: nothing }),
      defineApplication<Move>({ app: CHESS, kind: 'chess-move', read: nothing }),
    ]),
  );
  for (const [map, name] of [
    [{ ...APP, type: '204', app: CHESS, mod: 'board', act: 'show' }, 'module board of com.example.chess'],
    [{ ...APP, type: '136', command: 'ping' }, 'command ping'],
    [{ ...APP, app: CHESS }, 'application com.example.chess'],
  ] as const)
    expect(await faultOf(() => hollow.Content.parse(map))).toEqual([
      'INTERNAL_PLUGIN',
      '',
      `the definition of ${name} gave no value`,
    ]);
});
