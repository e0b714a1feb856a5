/** One of two who write to each other: the same code in a page and on Node. All that goes between them is text. */
import { createDim, MemoryStore, TextContent, type User } from 'dimp';
import { decodeBase64, encodeBase64, parseJsonMap } from 'dimp/extend';
import { platformBackend, standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';

/** A user on this platform. */
export interface Side {
  /** The name of the backend that the platform chose. */
  readonly backend: string;
  /** What others must know of the user, as JSON. */
  card(): string;
  /** Packs a text for the user of a card. The package is in base64. */
  pack(text: string, card: string): Promise<string>;
  /** Reads a package of the user of a card. */
  unpack(packed: string, card: string): Promise<string>;
}

/** Which keys a user has. */
export type Generation = 'standard' | 'modern';

/** Makes a user: with an ECC identity key and an RSA key that others encrypt to; or with an Ed25519 and an X25519 key. */
export async function createSide(name: string, generation: Generation): Promise<Side> {
  const modern = generation === 'modern';
  const dim = createDim({ plugins: [standardPlugin(), ...(modern ? [modernPlugin()] : [])] });
  const user = await dim.createUser(modern ? { name, algorithm: 'ED25519', seed: name } : { name });
  const store = new MemoryStore();
  await dim.addUser(store, user);
  const messenger = dim.messenger({ self: user.id, store });

  async function know(card: string): Promise<User['id']> {
    const { id, meta, visas } = parseJsonMap(card);
    const contact = {
      id: dim.ID.parse(id),
      meta: dim.Meta.parse(meta),
      visas: (visas as object[]).map((visa) => dim.Document.parse(visa) as User['visas'][number]),
    };
    await dim.addContact(store, contact);
    return contact.id;
  }

  return {
    backend: platformBackend.name,
    card: () => JSON.stringify({ id: user.id, meta: user.meta, visas: user.visas }),
    async pack(text, card) {
      return encodeBase64(await messenger.pack(TextContent.create(text), await know(card)));
    },
    async unpack(packed, card) {
      const from = await know(card);
      const { content, sender } = await messenger.unpack(decodeBase64(packed));
      if (!sender.equals(from)) throw new Error('the message has another sender');
      if (content.kind !== 'text') throw new Error(`a content of the kind ${content.kind}`);
      return content.text;
    },
  };
}
