/**
 * dkd alone: messages with any cryptography, and a relay that needs none. Keys are whatever implements a few
 * methods; here they are made with Node's own Ed25519.
 */
import assert from 'node:assert/strict';
import * as dkd from 'dkd';
import { textOf } from 'dkd/extend';
import { generateKey, identityPlugin } from './identity.ts';

// A content of our own: dkd itself has no kinds of content.
class Greeting extends dkd.Content {
  readonly kind = 'greeting';
  readonly words = textOf(this.fields, 'words');

  static create(words: string): Greeting {
    return dkd.createContent(greeting, { words });
  }
}
const greeting = dkd.defineContent({ type: '1001', kind: 'greeting', class: Greeting });
const greetings = dkd.definePlugin('greetings', [greeting]);
const context = dkd.createMessageContext({ plugins: [identityPlugin, greetings] });
const { Envelope, ReliableMessage, Content, Meta } = context;

// The sender: content and envelope, made a signed package with short names.
const privateKey = generateKey();
const meta = await Meta.generate({ type: 'HASH', privateKey });
const envelope = dkd.Envelope.create({ sender: meta.id(), receiver: dkd.EVERYONE });
const instant = dkd.InstantMessage.create(envelope, Greeting.create('Hello world!'));
const reliable = await dkd.signMessage(dkd.broadcastMessage(instant), privateKey);
const bytes = reliable.encode({ shortNames: true });
console.log('package ', new TextDecoder().decode(bytes));

// A relay: reads the envelope and no more, and forwards the very bytes.
const routed = Envelope.decode(bytes);
console.log('relay   ', `${routed.sender.toString()} to ${routed.receiver.toString()}, content type ${routed.type}`);

// The receiver: nothing is read before the key is the sender's, and the signature the key's.
const received = ReliableMessage.decode(bytes);
const sender = await dkd.verifyMeta(Meta.parse(meta.toMap()), received.sender);
assert.ok(sender, "the meta must be the sender's");
const verified = await dkd.verifyMessage(received, [sender]);
assert.ok(verified, 'the signature must hold');
const { message } = await dkd.decryptMessage(context, verified, { receiver: dkd.EVERYONE });
const { content } = message;
console.log('receiver', content.kind === 'greeting' ? content.words : `a content of type ${content.type}`);

const forged = ReliableMessage.parse({ ...reliable.toMap(), data: reliable.data.replace('Hello', 'Hullo') });
const accepted = await dkd.verifyMessage(forged, [sender]);
console.log('forged  ', accepted === false ? 'refused' : 'accepted');

// A content that no plugin defines is kept whole.
const unknown = Content.parse({ type: 77, sn: '18446744073709551615', time: 1700000000.5, anything: [1, 2] });
console.log('unknown ', unknown.kind, unknown.serialize());

assert.ok(content instanceof Greeting && content.words === 'Hello world!' && accepted === false);
