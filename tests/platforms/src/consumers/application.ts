/** What an application writes against the packages. It must compile in other people's projects as it does here. */
import {
  Content,
  createContent,
  createDim,
  defineContent,
  definePlugin,
  DimError,
  MemoryStore,
  TextContent,
  type ID,
  type User,
} from 'dimp';
import { textOf } from 'dimp/extend';
import { standardPlugin, type Backend } from 'dimplugins';
import { encodeHex, sha256 } from 'dimplugins/coding';
import { modernPlugin } from 'dimplugins/modern';
import { portableBackend } from 'dimplugins/backends/portable';
import { assertContract, checkDocument } from 'dimtestkit';
import { checkContent } from 'dimtestkit/contents';
import { checkStore } from 'dimtestkit/store';
import { createMessageContext, decryptMessage, verifyMessage, type PublicKey, type ReliableMessage } from 'dkd';
import { createIdentityContext, defineDocument, Document, verifyMeta, type SymmetricKey } from 'mkm';

/** A content of the application's own. */
export class Poll extends Content {
  readonly kind = 'poll';
  readonly question: string = textOf(this.fields, 'question');

  static create(question: string): Poll {
    return createContent(poll, { question });
  }
}

const backend: Backend = portableBackend;
const poll = defineContent({ type: '1001', kind: 'poll', class: Poll });
const polls = definePlugin('polls', [poll]);

export const dim = createDim({ plugins: [standardPlugin({ backend }), modernPlugin(), polls] });

/** Packs and unpacks. */
export async function greet(): Promise<string> {
  const alice = await dim.createUser({ name: 'Alice' });
  const bob: User = await dim.createUser({ name: 'Bob', terminals: ['phone', 'desktop'] });
  const [atAlice, atBob] = [new MemoryStore(), new MemoryStore()];
  await dim.addUser(atAlice, alice);
  await dim.addContact(atAlice, bob);
  await dim.addUser(atBob, bob);
  const writer = dim.messenger({ self: alice.id, store: atAlice });
  const bytes: Uint8Array = await writer.pack(TextContent.create('Hello!'), bob.id, { introduce: true });
  const { content, sender } = await dim.messenger({ self: bob.id, store: atBob }).unpack(bytes);
  const from: ID = sender;
  if (content.kind === 'text') return `${from.toString()}: ${content.text}`;
  return content.kind === 'poll' ? content.question : content.type;
}

/** The layers below, by themselves. */
export async function layers(): Promise<boolean> {
  const { ID: ids, Meta, PrivateKey, SymmetricKey: keys } = createIdentityContext({ plugins: [standardPlugin()] });
  const privateKey = await PrivateKey.generate('ECC');
  const meta = await Meta.generate({ type: 'MKM', privateKey, seed: 'moki' });
  const messageKey: SymmetricKey = await keys.generate('AES');
  const read = ids.safeParse(encodeHex(sha256(new Uint8Array())));
  if (read.ok) return (await verifyMeta(meta, read.value)) !== false;
  return read.error instanceof DimError && read.error.code.startsWith('INPUT_') && messageKey.algorithm === 'AES';
}

export const contract = async (): Promise<void> => {
  assertContract(await checkContent(dim, 'poll', [{ type: '1001', sn: 1, time: 1700000000, question: 'Tea?' }]));
  const badge = defineDocument({ type: 'badge', class: Document });
  assertContract(await checkDocument(badge, { properties: [{ level: 'gold' }] }));
  assertContract(await checkStore({ dim, open: () => new MemoryStore() }));
};

/** What must not compile. Nobody calls it. */
export async function wrong(message: ReliableMessage, receiver: ID, key: PublicKey): Promise<void> {
  const context = createMessageContext({ plugins: [standardPlugin()] });
  // @ts-expect-error -- nothing is decrypted that was not verified
  await decryptMessage(context, message, { receiver, privateKeys: [] });
  // @ts-expect-error -- nor what only looks as if it was
  await decryptMessage(context, { message, envelope: message.envelope, verifiedBy: key }, { receiver });
  // @ts-expect-error -- a signature is verified by the sender's meta or visa, and not by any key
  await verifyMessage(message, [key]);
  // @ts-expect-error -- an ID is no text
  dim.messenger({ user: 'alice', store: new MemoryStore() });
  // @ts-expect-error -- bytes are no text
  encodeHex('00');
  const parsed = dim.Content.parse('{}');
  // @ts-expect-error -- only a text content has a text
  void parsed.text;
  // @ts-expect-error -- a plugin is made by definePlugin
  createDim({ plugins: [{ name: 'mine' }] });
  // @ts-expect-error -- what was read is not written to
  receiver.name = 'other';
}
