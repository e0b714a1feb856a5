/** What the core relies on in a type of document. */
import {
  createIdentityContext,
  definePlugin,
  verifyDocument,
  type Document,
  type DocumentDefinition,
  type IdentityContext,
  type JsonMap,
  type Plugin,
  type PropertyChanges,
} from 'mkm';
import { readEverything } from '../input/hostile-values.ts';
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { shortForm } from '../report/short-form.ts';
import { allOf, isValue, isWrittenAs, verdict } from '../report/verdict.ts';
import { checkDamagedDocuments } from './damaged-documents.ts';
import { createOwner, ownersPlugin, type Owner } from './owners.ts';

/** What a type of document is checked with. */
export interface DocumentSamples {
  /** Properties of documents, together with all that the type knows. */
  readonly properties: readonly PropertyChanges[];
  /** Whose documents they are: users', if not given. */
  readonly owner?: 'user' | 'group';
  /** Plugins for what stands in the properties: keys, IDs with addresses of some kind. None, if not given. */
  readonly plugins?: readonly Plugin[];
}

/**
 * Checks a type of document: drafted, signed, written, read and verified; with properties that it does not know, and with
 * damaged ones.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { defineDocument, Document } from 'mkm';
 * import { optionalTextOf, within } from 'mkm/extend';
 * import { assertContract, checkDocument } from 'dimtestkit';
 *
 * class Badge extends Document {
 *   readonly level = within('data', () => optionalTextOf(this.properties, 'level'));
 * }
 * const badge = defineDocument({ type: 'badge', class: Badge });
 * assertContract(await checkDocument(badge, { properties: [{ level: 'gold' }] }));
 * ```
 */
export async function checkDocument(
  definition: DocumentDefinition,
  { properties, owner: kind = 'user', plugins = [] }: DocumentSamples,
): Promise<ContractReport> {
  const contract = new Contract(`document ${definition.type}`);
  await contract.rule('the samples', 'there are samples', () => verdict(properties.length > 0, 'one at least', 'none'));
  const context = await contract.obtain('the definition', 'a context takes the definition', () =>
    createIdentityContext({
      plugins: [ownersPlugin, ...plugins, definePlugin('the document to be checked', [definition], { replace: true })],
    }),
  );
  if (context === undefined) return contract.report();
  const owner = await createOwner(context, kind);
  const other = await createOwner(context, kind);
  for (const [index, sample] of properties.entries()) {
    const name = `document ${index}`;
    const document = await contract.obtain('read', `${name} is drafted, signed and read`, () =>
      context.Document.create({ type: definition.type, did: owner.meta.id, properties: sample }).sign(owner.privateKey),
    );
    if (document === undefined) continue;
    const isDocument = await checkWhatItIs(contract, definition, name, document, owner);
    if (!isDocument) continue;
    await checkSound(contract, context, name, document, [owner, other]);
    await checkDamagedDocuments({ contract, context, name, document, owner });
  }
  return contract.report();
}

/** Whether what was read is a document at all; if not, the rest would say the same. */
async function checkWhatItIs(
  contract: Contract,
  { type }: DocumentDefinition,
  name: string,
  document: Document,
  { meta }: Owner,
): Promise<boolean> {
  // One of another copy of mkm is as good.
  const methods = ['toMap', 'with', 'verify', 'property', 'serialize'] as const;
  const isDocument = methods.every((method) => typeof document[method] === 'function');
  await contract.rule('read', `${name} is a Document of the type and of its owner`, () =>
    isDocument
      ? allOf([isValue(document.type, type), isValue(String(document.did), meta.id.toString())])
      : { expected: 'a Document', received: shortForm(document) },
  );
  return isDocument;
}

async function checkSound(
  contract: Contract,
  context: IdentityContext,
  name: string,
  document: Document,
  [owner, other]: readonly [Owner, Owner],
): Promise<void> {
  await contract.rule('the class', `the properties of ${name} can be read`, () => {
    readEverything(document);
    return true;
  });
  const verified = async (of: Document) => (await verifyDocument(of, owner.meta)) !== false;
  const isOfOther = async (of: Document) =>
    (await verifyDocument(of, other.meta)) !== false || (await of.verify(other.meta.publicKey));
  await contract.rule('verify', `${name} is verified by the key of its owner`, async () =>
    isValue(await verified(document), true),
  );
  await contract.rule('verify', `${name} is not verified by the key of another`, async () =>
    isValue(await isOfOther(document), false),
  );
  const map = { ...document.toMap(), unknown: { kept: [1, 'two', null] } };
  const read = await contract.obtain('read', `${name} is read from what was written`, () =>
    context.Document.parse(JSON.parse(JSON.stringify(map))),
  );
  if (read !== undefined) {
    await contract.rule('fields', `${name} that was written and read keeps unknown fields`, () =>
      allOf([isWrittenAs(read, map), isWrittenAs(read.fields, map)]),
    );
    await contract.rule('toMap, serialize', `${name} is given to be kept as it was read, by all of its methods`, () =>
      allOf([isWrittenAs(read.toMap(), map), isWrittenAs(JSON.parse(read.serialize()), map)]),
    );
    await contract.rule('properties', `${name} that was written and read has the properties that were signed`, () =>
      isWrittenAs(read.properties, JSON.parse(document.data ?? '{}') as JsonMap),
    );
    await contract.rule('verify', `${name} that was written and read is verified by the key of its owner`, async () =>
      isValue(await verified(read), true),
    );
  }
  await contract.rule('properties', `${name} with an unknown property is signed, and keeps it`, async () => {
    const kept = { kept: [1, 'two', null] };
    const changed = await document.with({ 'unknown-property': kept }).sign(owner.privateKey);
    return allOf([isWrittenAs(changed.property('unknown-property'), kept), isValue(await verified(changed), true)]);
  });
  await contract.rule('verify', `${name} with other data under the same signature is a plain no`, async () => {
    const data = JSON.stringify({ ...document.properties, 'unknown-property': 1 });
    const forged = context.Document.parse({ ...document.toMap(), data });
    return allOf([isValue(await verified(forged), false), isValue(await forged.verify(owner.meta.publicKey), false)]);
  });
}
