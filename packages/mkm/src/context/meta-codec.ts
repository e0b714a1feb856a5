/** Reading and making metas of the types that plugins define. */
import { DimError } from '../errors/dim-error.ts';
import type { Codec } from '../errors/result.ts';
import { collectDefinitions } from '../extension/definition-table.ts';
import type { Plugin } from '../extension/plugin.ts';
import type { MetaDefinition } from '../meta/meta-definition.ts';
import { generateMetaFields, Meta, readMeta, type GenerateMetaOptions, type MetaReaders } from '../meta/meta.ts';
import { typeName } from '../wire/json-map.ts';
import type { Limits } from '../wire/limits.ts';
import { createMapCodec, parseCopied } from '../wire/map-codec.ts';
import type { KeyCodecs } from './key-codecs.ts';

/** Reads and makes metas. */
export interface MetaCodec extends Codec<Meta> {
  /**
   * A new meta.
   * @throws DimError `USAGE_ARGUMENT`, `UNSUPPORTED_META`, `INPUT_KEY`
   */
  generate(options: GenerateMetaOptions): Promise<Meta>;
}

/** The codec of the metas that plugins define. */
export function createMetaCodec(plugins: readonly Plugin[], limits: Limits, keys: KeyCodecs): MetaCodec {
  const definitions = collectDefinitions<MetaDefinition>(plugins, 'meta', (definition) => definition.type);
  const wordOf = ({ name }: MetaDefinition) => name.toLowerCase();
  const named = collectDefinitions<MetaDefinition>(plugins, 'meta', wordOf, (meta) => `meta named ${wordOf(meta)}`);
  const words = new Map([...named].map(([word, { type }]) => [word, type]));
  const readers: MetaReaders = { definitions, words, limits, readPublicKey: (map) => parseCopied(keys.PublicKey, map) };
  const codec = createMapCodec(
    limits,
    (input) => input instanceof Meta,
    (fields) => readMeta(fields, readers),
  );

  async function generate(options: GenerateMetaOptions): Promise<Meta> {
    const { type } = options;
    if (typeof type !== 'string')
      throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(type)}`, { path: 'type' });
    const definition = definitions.get(words.get(type.toLowerCase()) ?? type);
    if (definition === undefined)
      throw new DimError('UNSUPPORTED_META', `no plugin has metas of type ${type}`, { path: 'type' });
    return codec.parse(await generateMetaFields(definition, options, limits));
  }
  return Object.freeze({ ...codec, generate });
}
