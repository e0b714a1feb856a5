/** Types of documents that are wrong: the contract tells of each, in words. */
import { describe, expect, test } from '@jest/globals';
import { defineDocument, Document, type DocumentDefinition, type DocumentInit } from 'mkm';
import { optionalTextOf, within, type MutableJsonMap } from 'mkm/extend';
import { checkDocument } from '../../src/index.ts';
import { testWrong } from '../wrong-definitions.ts';

class Badge extends Document {
  get level(): string | undefined {
    return within('data', () => optionalTextOf(this.properties, 'level'));
  }
}
const badge = defineDocument({ type: 'badge', class: Badge });
const samples = { properties: [{ level: 'gold' }] };
const reading = (read: (init: DocumentInit) => unknown): DocumentDefinition => ({ ...badge, read: read as never });

describe('checkDocument', () => {
  test('a badge that is right keeps the contract', async () => {
    const { subject, failures } = await checkDocument(badge, samples);
    expect([subject, failures]).toEqual(['document badge', []]);
  });

  test('samples are needed', async () => {
    expect((await checkDocument(badge, { properties: [] })).failures).toEqual([
      { rule: 'there are samples', where: 'the samples', expected: 'one at least', received: 'none' },
    ]);
  });

  test('a plugin that a context does not take is told of', async () => {
    const plugins = [1, 2].map(() => ({ name: 'twice', definitions: [badge] }));
    expect((await checkDocument(badge, { ...samples, plugins })).failures).toMatchObject([
      { rule: 'a context takes the definition', where: 'the definition' },
    ]);
  });

  testWrong(
    [
      {
        what: 'a type in digits',
        definition: { ...badge, type: '77' },
        rules: ['document 0 is drafted, signed and read'],
        received: 'DimError USAGE_ARGUMENT at type: must be a word, not digits',
      },
      {
        what: 'a reader that gives nothing',
        definition: reading(() => undefined),
        rules: ['document 0 is drafted, signed and read'],
        received: 'DimError INTERNAL_PLUGIN: the definition of document badge gave no value',
      },
      {
        what: 'an object that is no Document',
        definition: reading(({ did, type }) => ({ did, type })),
        rules: ['document 0 is a Document of the type and of its owner'],
        received: 'an object with did, type',
      },
      {
        what: 'another type than its own',
        definition: reading((init) => new Badge({ ...init, type: 'medal' })),
        rules: ['document 0 is a Document of the type and of its owner'],
        received: '"medal"',
      },
      {
        what: 'a property that fails',
        definition: reading(
          (init) =>
            new (class extends Badge {
              get size(): number {
                return (this.properties['size'] as string).length;
              }
            })(init),
        ),
        rules: ['the properties of document 0 can be read'],
        received: "TypeError: Cannot read properties of undefined (reading 'length')",
      },
      {
        what: 'a class that verifies anything',
        definition: reading(
          (init) =>
            new (class extends Badge {
              override verify(): Promise<boolean> {
                return Promise.resolve(true);
              }
            })(init),
        ),
        rules: [
          'document 0 is not verified by the key of another',
          'document 0 with other data under the same signature is a plain no',
        ],
        received: 'true',
      },
      {
        what: 'a class with another text than the one that was signed',
        definition: reading((init) => new Badge({ ...init, data: init.data?.replace('{', '{ ') })),
        rules: [
          'document 0 is verified by the key of its owner',
          'document 0 that was written and read is verified by the key of its owner',
        ],
        received: 'false',
      },
      {
        what: 'a reader that takes the fields it knows and no others',
        definition: reading((init) => {
          if (Object.hasOwn(init.fields, 'unknown')) throw new TypeError('unknown is unknown');
          return new Badge(init);
        }),
        rules: ['document 0 is read from what was written'],
        received: 'TypeError: unknown is unknown',
      },
      {
        what: 'fields and properties that it does not know, and drops',
        definition: reading((init) => {
          const { did, type, data = '', signature = '' } = init.fields as { readonly [name: string]: string };
          return new Badge({ ...init, fields: { did, type, data, signature } as never, properties: { level: 'gold' } });
        }),
        rules: [
          'document 0 that was written and read keeps unknown fields',
          'document 0 that was written and read has the properties that were signed',
          'document 0 with an unknown property is signed, and keeps it',
        ],
      },
      ...[
        (map: MutableJsonMap) => ({ toMap: () => map }),
        (map: MutableJsonMap) => ({ serialize: () => JSON.stringify(map) }),
      ].map((change) => ({
        what: 'a class that gives the fields it knows to be kept',
        definition: reading((init) => {
          const document = new Badge(init);
          const { unknown: _dropped, ...map } = document.toMap();
          return Object.assign(document, change(map));
        }),
        rules: ['document 0 is given to be kept as it was read, by all of its methods'],
        received: 'no field unknown',
      })),
      {
        what: 'properties that are read with no care',
        definition: reading(
          (init) =>
            new (class extends Document {
              readonly level = (this.properties['level'] as string).toUpperCase();
            })(init),
        ),
        rules: [
          'document 0 whose owner signed it with level = null ends with a DimError and the path in data, if with an error',
        ],
        received: "TypeError: Cannot read properties of null (reading 'toUpperCase')",
      },
      {
        what: 'a path that is not in the document',
        definition: reading(
          (init) =>
            new (class extends Document {
              readonly level = optionalTextOf(this.properties, 'level');
            })(init),
        ),
        rules: [
          'document 0 whose owner signed it with level = true ends with a DimError and the path in data, if with an error',
        ],
        received: 'DimError INPUT_TYPE at level: must be text, not a boolean',
      },
      {
        what: 'documents without a signature that are read with no care',
        definition: reading((init) => {
          if (init.signature?.length !== 4) throw new RangeError('no signature');
          return new Badge(init);
        }),
        rules: ['document 0 without signature ends with a DimError and its path, if with an error'],
        received: 'RangeError: no signature',
      },
    ],
    (definition) => checkDocument(definition, samples),
    [badge],
    ['there are samples', 'a context takes the definition'],
  );
});
