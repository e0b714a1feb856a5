/**
 * `messages.json`: messages from alice to bob, as maps. They are verified and decrypted by a messenger of bob, who knows
 * alice; and once more by one who does not, for what a message brings along for first contact.
 */
import { verifyMessage, type ReliableMessage } from 'dimp';
import { dim } from '../dim.ts';
import { isDimError } from '../error-rules.ts';
import { friendsStore, publicKeyOf, strangersStore, type WitnessStore } from '../people.ts';
import { SuiteFailure, type Subject, type Suite } from '../suite.ts';

export const messages: Suite = ({ input, fixtures }) => {
  let message: ReliableMessage;
  let opening: Promise<unknown> | undefined;
  const open = () => (opening ??= openByBoth(message, fixtures));
  return [
    { name: 'parse', run: () => (message = dim.ReliableMessage.parse(input)) },
    {
      name: 'verify',
      async run() {
        if ((await verifyMessage(message, [publicKeyOf(fixtures.rsa)])) === false) return false;
        const bringsIdentity = message.attachedMeta !== undefined || message.attachedVisa !== undefined;
        return bringsIdentity ? open() : true;
      },
    },
    { name: 'decrypt', run: open },
    { name: 'match', run: open },
  ];
};

/** Opens a message for bob, and sees to what is kept of it. */
async function openByBoth(message: ReliableMessage, fixtures: Subject['fixtures']): Promise<unknown> {
  const stranger = strangersStore();
  await tryToOpen(message, stranger, fixtures).catch((error: unknown) => {
    if (!isDimError(error)) throw error;
  });
  await onlyGoodIsKept(stranger);
  const friend = await friendsStore(fixtures);
  try {
    return await tryToOpen(message, friend, fixtures);
  } catch (error) {
    onlyOneDecryptionError(error);
    throw error;
  } finally {
    await onlyGoodIsKept(friend);
  }
}

async function tryToOpen(
  message: ReliableMessage,
  store: WitnessStore,
  fixtures: Subject['fixtures'],
): Promise<unknown> {
  const user = dim.ID.parse(fixtures.bob);
  store.setPrivateKeys(user, [dim.PrivateKey.parse({ algorithm: 'RSA', data: fixtures.rsa2.priv8 })]);
  return dim.messenger({ user, store }).open(message);
}

/** Whatever a message left behind must be the sender's own, and signed. */
async function onlyGoodIsKept(store: WitnessStore): Promise<void> {
  for (const { id, meta } of store.metas) {
    if (!meta.matches(id) || !(await meta.verify())) throw new SuiteFailure('the meta of another was kept');
  }
  for (const document of store.kept) {
    const key = store.meta(document.did)?.publicKey;
    if (key === undefined || !(await document.verify(key)))
      throw new SuiteFailure('a document was kept that its owner has not signed');
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
