/**
 * `key-maps.json`: keys as maps. `use` says what for: `public`, `private`, `generate`, or `message` for a message key;
 * without it, whatever kind of key the map is.
 */
import {
  encryptMessage,
  Envelope,
  InstantMessage,
  Recipient,
  TextContent,
  type Codec,
  type PrivateKey,
  type PublicKey,
  type SymmetricKey,
} from 'dimp';
import { dim } from '../dim.ts';
import { isDimError } from 'runner/error-rules';
import { keeperOfBobsKey } from '../people.ts';
import { onlyOneAccepts, parsing, type Subject, type Suite } from '../suite.ts';

type AnyKey = PublicKey | PrivateKey | SymmetricKey;

export const keyMaps: Suite = (subject) => [{ name: 'parse', run: () => useKey(subject) }];

function useKey(subject: Subject): unknown {
  const use = plainField(subject.input, 'use');
  if (use === undefined) return readAnyKey(subject);
  const { use: _, ...map } = subject.input as Record<string, unknown>;
  if (use === 'public') return dim.PublicKey.parse(map);
  if (use === 'private') return dim.PrivateKey.parse(map);
  if (use === 'message') return encryptWith(dim.SymmetricKey.parse(map), subject);
  // The size is what a caller's settings say, of whatever type.
  if (use === 'generate')
    return dim.PrivateKey.generate(String(map['algorithm']), { bits: map['sizeInBits'] as number });
  throw new Error(`this runner does not know the use ${JSON.stringify(use)}`);
}

/** The kind that the algorithm has comes first: its error is the one that counts. */
function readAnyKey({ input, fresh }: Subject): unknown {
  const algorithm = plainField(input, 'algorithm');
  const isAsymmetric = algorithm === 'RSA' || algorithm === 'ECC';
  const first: Codec<AnyKey> = isAsymmetric ? dim.PublicKey : dim.SymmetricKey;
  const others: readonly Codec<AnyKey>[] = [dim.PublicKey, dim.PrivateKey, dim.SymmetricKey];
  const readers = others.filter((codec) => codec !== first).map((codec) => () => codec.parse(fresh()));
  return onlyOneAccepts([() => first.parse(input), ...readers], isDimError);
}

async function encryptWith(messageKey: SymmetricKey, { fixtures }: Subject): Promise<unknown> {
  const [sender, bob] = [dim.ID.parse(fixtures.alice), await keeperOfBobsKey(fixtures)];
  const message = InstantMessage.create(Envelope.create({ sender, receiver: bob.id }), TextContent.create('Hello'));
  const recipient = Recipient.of(bob);
  if (recipient === undefined) throw new Error('RSA keys encrypt');
  return encryptMessage(dim, message, { messageKey, recipients: [recipient] });
}

/** An own field that is no getter; no code of the value is called where that can be avoided. */
function plainField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return Object.getOwnPropertyDescriptor(value, name)?.value;
  } catch {
    return undefined;
  }
}

/** `pem-keys.json`: the `data` of RSA and ECC keys. A text is at most one kind of key. */
export const pemKeys: Suite = parsing((data) =>
  onlyOneAccepts(
    ['RSA', 'ECC'].flatMap((algorithm) => [
      () => dim.PublicKey.parse({ algorithm, data }),
      () => dim.PrivateKey.parse({ algorithm, data }),
    ]),
    isDimError,
  ),
);
