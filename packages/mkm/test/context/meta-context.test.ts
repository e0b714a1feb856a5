import { describe, expect, test } from '@jest/globals';
import { createMetaContext, definePlugin, verifyDocument, verifyMeta } from '../../src/index.ts';
import { context, demoPlugin, errorOf, GROUP, USER } from '../demo-plugin.ts';

const metaContext = createMetaContext({ plugins: [demoPlugin] });

describe('a context without documents', () => {
  test('reads IDs and keys as the whole one does', async () => {
    for (const text of [USER, GROUP, 'anyone@anywhere', 'everyone@everywhere']) {
      expect(metaContext.ID.parse(text).equals(context.ID.parse(text))).toBe(true);
    }
    for (const codecs of [metaContext, context]) {
      expect(errorOf(() => codecs.ID.parse('alice@nowhere')).code).toBe('UNSUPPORTED_ADDRESS');
      expect(errorOf(() => codecs.PublicKey.parse({ algorithm: 'NONE' })).code).toBe('UNSUPPORTED_ALGORITHM');
    }
    expect(metaContext.algorithms).toEqual(context.algorithms);
    expect(metaContext.limits).toEqual(context.limits);
  });

  test('tells whose a key is, and that is good for the documents of the whole one', async () => {
    const privateKey = await context.PrivateKey.generate('TEST25519');
    const meta = await context.Meta.generate({ type: 'MKM', privateKey, seed: 'alice' });
    const other = await context.Meta.generate({ type: 'MKM', privateKey, seed: 'bob' });
    const id = metaContext.ID.parse(meta.id().toString());
    const owner = await verifyMeta(metaContext.Meta.parse(meta.toJSON()), id);
    expect(await verifyMeta(metaContext.Meta.parse(other.toJSON()), id)).toBe(false);
    expect(owner).not.toBe(false);
    const visa = await context.Document.create({ type: 'visa', did: id, properties: { name: 'Alice' } }).sign(
      privateKey,
    );
    expect(owner && (await verifyDocument(visa, owner))).toMatchObject({ document: visa });
  });

  test('has the codecs of the whole one but that of documents, and is as frozen', () => {
    expect(Object.keys(context).filter((name) => !(name in metaContext))).toEqual(['Document']);
    expect(Object.isFrozen(metaContext)).toBe(true);
  });

  test('keeps the bounds that it is given, and refuses wrong ones', () => {
    const bounded = createMetaContext({ plugins: [demoPlugin], limits: { idLength: 5 } });
    expect(errorOf(() => bounded.ID.parse(USER)).code).toBe('INPUT_LIMIT');
    expect(errorOf(() => createMetaContext({ plugins: [demoPlugin], limits: { idLength: -1 } }))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'limits.idLength',
    });
    const again = definePlugin('again', demoPlugin.definitions);
    expect(errorOf(() => createMetaContext({ plugins: [demoPlugin, again] })).code).toBe('USAGE_DUPLICATE');
    expect(errorOf(() => createMetaContext({} as never)).code).toBe('USAGE_ARGUMENT');
  });
});
