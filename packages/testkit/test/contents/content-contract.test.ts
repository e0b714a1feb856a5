/** The contract of contents: those that are right keep it, and what is wrong with others is told. */
import { describe, expect, test } from '@jest/globals';
import { createDim, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { Content, createMessageContext, defineContent, definePlugin, type ContentInit } from 'dkd';
import { textOf } from 'dkd/extend';
import { DimError } from 'mkm';
import { assertContract, checkContent } from '../../src/contents/index.ts';
import { testWrong } from '../wrong-definitions.ts';

class Poll extends Content {
  readonly kind = 'poll';
  readonly question: string = textOf(this.fields, 'question');
}
const sample = { type: '1001', sn: 1, time: 1700000000.5, question: 'Tea?' };

/** A context in which polls are read in some way. */
function polls(read: (init: ContentInit) => unknown = (init) => new Poll(init)) {
  const definition = defineContent({ type: '1001', kind: 'poll', read: read as (init: ContentInit) => Poll });
  return createMessageContext({ plugins: [standardPlugin(), definePlugin('polls', [definition])] });
}

describe('checkContent', () => {
  test('a content that is right keeps the contract, in a context of each layer', async () => {
    assertContract(await checkContent(polls(), 'poll', [sample]));
    const dim = createDim({ plugins: [standardPlugin(), stationPlugin] });
    const handshake = { type: '136', sn: 1, time: 1700000000, command: 'handshake', title: 'DIM?', session: 's' };
    assertContract(await checkContent(dim, 'handshake', [handshake]));
  });

  test('samples are needed, and maps of JSON', async () => {
    expect((await checkContent(polls(), 'poll', [])).failures).toMatchObject([{ rule: 'there are samples' }]);
    expect((await checkContent(polls(), 'poll', [{ question: () => '?' }])).failures).toMatchObject([
      { rule: 'sample 0 is a map of JSON', where: 'the samples' },
    ]);
  });

  testWrong(
    [
      {
        what: 'a content that nobody defines',
        definition: createMessageContext({ plugins: [standardPlugin()] }),
        rules: ['sample 0 is read as poll'],
        received: '"unknown"',
      },
      {
        what: 'a content that drops what it does not know',
        definition: polls(
          ({ fields, ...init }) =>
            new Poll({ ...init, fields: { type: '1001', question: textOf(fields, 'question') } }),
        ),
        rules: ['sample 0 is written without losing a field, unknown ones among them'],
        received: 'lost or changed: sn, time, unknown-field',
      },
      {
        what: 'a content that is another the second time',
        definition: polls(
          ({ fields, ...init }) =>
            new Poll({ ...init, fields: { ...fields, question: `${textOf(fields, 'question')}?` } }),
        ),
        rules: ['sample 0 is read twice to the same'],
        received: 'another value of the field question',
      },
      {
        what: 'a content that throws what the platform throws',
        definition: polls(
          (init) =>
            new (class extends Content {
              readonly kind = 'poll';
              readonly question = (this.fields['question'] as string).trim();
            })(init),
        ),
        rules: [
          'sample 0 without question ends with a DimError, if with an error',
          'sample 0 with question = true ends',
        ],
      },
      ...(['USAGE_ARGUMENT', 'INTERNAL_STORE', 'INTERNAL_PLUGIN', 'CRYPTO_DECRYPT'] as const).map((code) => ({
        what: `a content that is refused with ${code}`,
        definition: polls((init) => {
          if (typeof init.fields['question'] !== 'string')
            throw new DimError(code, 'no question', { path: 'question' });
          return new Poll(init);
        }),
        rules: ['sample 0 without question ends with a DimError, if with an error'],
        received: `DimError ${code} at question: no question`,
      })),
    ],
    (context) => checkContent(context, 'poll', [sample]),
    [polls()],
    ['there are samples', 'sample N is a map of JSON', 'sample N is read without being changed'],
  );

  test('a map that is written to is told of', async () => {
    const { Content: codec } = polls();
    const writing = {
      Content: {
        ...codec,
        parse(input: unknown) {
          if (Object.isExtensible(input)) (input as { seen?: boolean }).seen = true;
          return codec.parse(input);
        },
      },
    };
    const { failures } = await checkContent(writing, 'poll', [{ ...sample }]);
    expect(failures.map(({ rule }) => rule)).toContain('sample 0 is read without being changed');
  });

  test('what a plugin threw is told, and not what a context makes of it', async () => {
    const { failures } = await checkContent(
      polls(() => {
        throw new TypeError('no question');
      }),
      'poll',
      [sample],
    );
    expect(new Set(failures.map(({ received }) => received))).toEqual(new Set(['TypeError: no question']));
  });
});
