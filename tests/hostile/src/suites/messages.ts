/**
 * `messages.json`: messages from alice to bob, as maps. They are verified and decrypted by a messenger of bob, who knows
 * alice; and once more by one who does not, for what a message brings along for first contact.
 */
import { DimError, verifyDocument, VerifiedMeta, verifyMessage, type ReliableMessage } from 'dimp';
import { dim } from '../dim.ts';
import { isDimError } from 'runner/error-rules';
import { alice, friendsStore, NOW, privateKeyOf, strangersStore, type WitnessStore } from '../people.ts';
import { SuiteFailure, type Subject, type Suite } from '../suite.ts';

type Opened = Awaited<ReturnType<ReturnType<typeof dim.messenger>['open']>>;

export const messages: Suite = ({ input, fixtures }) => {
  let message: ReliableMessage;
  let opening: Promise<Opened> | undefined;
  const open = () => (opening ??= openByBoth(message, fixtures));
  return [
    { name: 'parse', run: () => (message = dim.ReliableMessage.parse(input)) },
    {
      name: 'verify',
      async run() {
        const signer = await alice(fixtures);
        return message.sender.equals(signer.id) && (await verifyMessage(message, [signer])) !== false;
      },
    },
    { name: 'decrypt', run: open },
    {
      name: 'match',
      async run() {
        // What came with a message is believed or not by itself: a message is read without it.
        const { introduction } = await open();
        if (introduction instanceof DimError) throw introduction;
      },
    },
  ];
};

/** Opens a message for bob, and sees to what is kept of it. */
async function openByBoth(message: ReliableMessage, fixtures: Subject['fixtures']): Promise<Opened> {
  await openWith(strangersStore(), message, fixtures).catch((error: unknown) => {
    if (!isDimError(error)) throw error;
  });
  try {
    return await openWith(await friendsStore(fixtures), message, fixtures);
  } catch (error) {
    onlyOneDecryptionError(error);
    throw error;
  }
}

async function openWith(store: WitnessStore, message: ReliableMessage, fixtures: Subject['fixtures']): Promise<Opened> {
  const user = dim.ID.parse(fixtures.bob);
  const key = dim.DecryptKey.parse(privateKeyOf(fixtures.rsa2).fields);
  store.commit([{ do: 'keep-keys', id: user, keys: { decrypt: [{ key }] } }]);
  store.changes.length = 0;
  let opened: Opened;
  try {
    opened = await dim.messenger({ self: user, store, clock: () => NOW }).open(message);
  } catch (error) {
    if (store.changes.length > 0) throw new SuiteFailure('something of a refused message was kept');
    throw error;
  }
  await onlyGoodIsKept(store);
  const { receiver } = opened.message;
  if (receiver.isGroup && !receiver.isBroadcast && opened.content.group?.equals(receiver) !== true)
    throw new SuiteFailure('a content was read in a group that it was not written for');
  return opened;
}

/** Whatever a message left behind must be the sender's own, and signed; and no key to send with. */
async function onlyGoodIsKept(store: WitnessStore): Promise<void> {
  for (const change of store.changes) {
    if (change.do === 'pin-meta' && !(change.meta.meta.matches(change.id) && (await change.meta.meta.verify())))
      throw new SuiteFailure('the meta of another was kept');
    if (change.do === 'keep-document') {
      const pinned = store.meta(change.document.did)?.meta;
      // Read anew, so that no earlier answer counts.
      const document = dim.Document.parse(change.document.document.fields);
      if (!VerifiedMeta.is(pinned) || !(await verifyDocument(document, pinned)))
        throw new SuiteFailure('a document was kept that its owner has not signed');
    }
    if (change.do === 'keep-message-key' && change.use !== 'receive')
      throw new SuiteFailure('a key that came in was kept to send with');
  }
}

/** What the first failure of decryption said. */
let firstFailure: string | undefined;

/** Which step of decryption failed is nobody's business: every failure says the same. */
function onlyOneDecryptionError(error: unknown): void {
  if (!isDimError(error) || error.code !== 'CRYPTO_DECRYPT') return;
  const said = `${error.message} ${error.path}`;
  firstFailure ??= said;
  if (said !== firstFailure) throw new SuiteFailure(`failures of decryption differ: ${firstFailure}, and ${said}`);
}
