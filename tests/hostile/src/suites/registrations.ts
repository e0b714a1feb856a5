/** What plugins may do wrong: a strange name, a reader that throws, that gives nothing, or that calls itself. */
import {
  createDim,
  defineCommand,
  defineContent,
  defineDocument,
  defineKeyAlgorithm,
  definePlugin,
  type Command,
  type Content,
  type ContentInit,
  type ContentReaders,
  type Dim,
  type TypeCode,
} from 'dimp';
import { type AnyDefinition } from 'dimp/extend';
import { standardPlugin } from 'dimplugins';
import { isDimError } from 'runner/error-rules';
import { SuiteFailure, type Subject } from '../suite.ts';

/** Uses of a context, one for each kind of definition. */
type Use = (dim: Dim) => unknown;

const TYPE = '4711';

/** Each operation of `encoders.json` whose name starts with `register`. */
export const registrations: ReadonlyMap<string, (argument: unknown, subject: Subject) => unknown> = new Map([
  ['register', registerName],
  ['registerThrows', () => eachRefuses(throwing)],
  ['registerNull', () => eachRefuses(givingNull)],
  ['registerLoop', readInLoop],
]);

/** A name that means something to the language is a name like any. */
function registerName(name: unknown): unknown {
  const text = String(name);
  const dim = createDim({
    plugins: [
      standardPlugin(),
      definePlugin<AnyDefinition>('strange', [
        ...[defineCommandOf(text), defineContentOf(text)].filter((definition) => definition !== undefined),
        defineDocument({ type: text, read: throwing }),
        defineKeyAlgorithm({ algorithm: text, publicKey: { read: throwing } }),
      ]),
    ],
  });
  return dim.Content.parse({ type: '1', sn: 1, time: 1, text: 'x' });
}

/** Commands and types have names of a form of their own: what has another is refused when it is defined. */
function defineCommandOf(command: string): AnyDefinition | undefined {
  return unlessRefused(() => defineCommand<Command>({ command, kind: command, read: throwing }));
}

function defineContentOf(text: string): AnyDefinition | undefined {
  return unlessRefused(() => defineContent<Content>({ type: text as TypeCode, kind: text, read: throwing }));
}

function unlessRefused(define: () => AnyDefinition): AnyDefinition | undefined {
  try {
    return define();
  } catch (error) {
    if (isDimError(error)) return undefined;
    throw error;
  }
}

/** The first error; all kinds of definitions must lead to one. */
function eachRefuses(read: (...given: never[]) => never): unknown {
  const errors: unknown[] = [];
  for (const use of USES) {
    try {
      use(contextWith(read));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length < USES.length) throw new SuiteFailure('what a plugin gave was taken for a value');
  throw errors[0];
}

const USES: readonly Use[] = [
  (dim) => dim.Content.parse({ type: TYPE, sn: 1, time: 1 }),
  (dim) => dim.Content.parse({ type: '136', sn: 1, time: 1, command: 'x' }),
  (dim) => dim.Document.parse({ did: '1eA9ctCNq41iLLnQErtTUVdxpRyZ9hZmW', type: 'x' }),
  (dim) => dim.PublicKey.parse({ algorithm: 'X', data: 'x' }),
];

function contextWith(read: (...given: never[]) => never): Dim {
  return createDim({
    plugins: [
      standardPlugin(),
      definePlugin<AnyDefinition>('hostile', [
        defineContent<Content>({ type: TYPE, kind: 'hostile content', read }),
        defineCommand<Command>({ command: 'x', kind: 'hostile command', read }),
        defineDocument({ type: 'x', read }),
        defineKeyAlgorithm({ algorithm: 'X', publicKey: { read } }),
      ]),
    ],
  }) as Dim;
}

/** A content and a command that read themselves. */
function readInLoop(): unknown {
  const dim = createDim({
    plugins: [
      definePlugin<AnyDefinition>('loop', [
        defineContent({ type: TYPE, kind: 'looping content', read: looping }),
        defineCommand({ command: 'x', kind: 'looping command', read: looping as LoopingCommand }),
      ]),
    ],
  });
  try {
    dim.Content.parse({ type: '136', sn: 1, time: 1, command: 'x' });
  } catch (error) {
    if (!isDimError(error)) throw error;
    return dim.Content.parse({ type: TYPE, sn: 1, time: 1 });
  }
  throw new SuiteFailure('a command that reads itself was accepted');
}

type LoopingCommand = (init: ContentInit, readers: ContentReaders) => Command;

function throwing(): never {
  throw new TypeError('a fault of the plugin');
}

function givingNull(): never {
  // What the types forbid, and plugins in JavaScript do.
  return null as never;
}

/** The library counts the levels when it is called back. */
function looping(init: ContentInit, readers: ContentReaders): Content {
  return readers.readContent(init.fields);
}
