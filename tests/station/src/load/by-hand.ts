/**
 * What a station owes to every message, by hand and with nothing more, as the fair bound of what a station can do: its JSON is read,
 * its signature verified, it is kept in the engine, acknowledged, sent, removed once it was taken, and whoever sent it gets a receipt
 * that is encrypted and signed. Who is at a link is told by its first bytes, and taken on trust: this is for measuring only.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import type { SignKey, User, VerifyKey } from 'dimp';
import type { AcceptLink, Engine, Link } from 'dimstation';

/** A message, as its JSON has it. */
interface Written {
  readonly sender: string;
  readonly receiver: string;
  readonly data: string;
  readonly signature: string;
}

/** Somebody who is there. */
interface Member {
  readonly link: Link;
  readonly key: VerifyKey;
  readonly cipherKey: Uint8Array;
  /** Receipts that wait while one is being signed. */
  readonly receipts: object[];
  isTelling: boolean;
}

/** More than any load here keeps. */
const LIMITS = { messages: 1_000_000, bytes: 2 ** 40 };

/** A station by hand, for people whose keys it knows. @param signer signs the receipts */
export function relayByHand(people: readonly User[], engine: Engine, signer: SignKey): AcceptLink {
  const keys = new Map(people.map(({ id, meta }) => [id.toString(), meta.publicKey]));
  const members = new Map<string, Member>();

  async function tell(member: Member): Promise<void> {
    if (member.isTelling) return;
    member.isTelling = true;
    for (let some = member.receipts.splice(0); some.length > 0; some = member.receipts.splice(0)) {
      const iv = randomBytes(16);
      const cipher = createCipheriv('aes-256-cbc', member.cipherKey, iv);
      const data = Buffer.concat([cipher.update(JSON.stringify(some)), cipher.final()]);
      const signature = Buffer.from(await signer.sign(data)).toString('base64');
      const message = { data: data.toString('base64'), iv: iv.toString('base64'), signature };
      member.link.send({ bytes: Buffer.from(JSON.stringify(message)), signature });
    }
    member.isTelling = false;
  }

  async function take(from: Member, bytes: Uint8Array, acknowledge: () => void, before: Promise<void>): Promise<void> {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    const { sender, receiver, data, signature } = JSON.parse(text) as Written;
    const isRight = await from.key.verify(Buffer.from(data, 'base64'), Buffer.from(signature, 'base64'));
    await before;
    if (!isRight) return;
    // Nothing waits for it: what comes behind it shares its commit.
    void keep(from, { sender, receiver, signature, text }, acknowledge);
  }

  async function keep(
    from: Member,
    { sender, receiver, signature, text }: Omit<Written, 'data'> & { readonly text: string },
    acknowledge: () => void,
  ): Promise<void> {
    const box = { user: receiver, terminal: '' };
    const bytes = Buffer.from(`${text.slice(0, -1)},"traces":["station"]}`);
    const posting = { sender, boxes: [box], bytes, mark: signature.slice(0, 24), keptAt: Date.now() / 1000 };
    const [[outcome] = []] = await engine.mailbox.append([posting], LIMITS);
    acknowledge();
    if (outcome?.is !== 'kept') return;
    const acknowledged = (): void => void engine.mailbox.acknowledge([{ box, positions: [outcome.position] }]);
    members.get(receiver)?.link.send({ bytes, signature, acknowledged });
    from.receipts.push({ command: 'receipt', text: 'Message delivered.', origin: { sender, receiver, signature } });
    await tell(from);
  }

  return (link) => {
    let member: Member | undefined;
    let last = Promise.resolve();
    return {
      receive: (bytes, acknowledge) => {
        if (member !== undefined) {
          last = take(member, bytes, acknowledge, last);
          return;
        }
        acknowledge();
        const name = Buffer.from(bytes).toString();
        link.loggedIn?.(name);
        const key = keys.get(name);
        if (key === undefined) throw new Error(`nobody knows ${name}`);
        member = { link, key, cipherKey: randomBytes(32), receipts: [], isTelling: false };
        members.set(name, member);
      },
      drained: () => undefined,
      ended: () => undefined,
    };
  };
}
