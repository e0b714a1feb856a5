/** The people and groups of the exchanges: made by one side, learned by the other, both when first needed. */
import type { JsonMap } from 'dimp';
import { documentFor, metaFor } from './shapes.ts';
import type { Side } from './side.ts';
import { text, texts } from './values.ts';

/** Of which kind a person is. */
export interface PersonKind {
  readonly metaType: 'MKM' | 'BTC' | 'ETH';
  readonly algorithm: 'RSA' | 'ECC';
  /** The entity type. */
  readonly network: number;
  /** The name in the ID, for MKM. */
  readonly seed?: string;
  /** One visa for each; '' is one without a terminal, no item is no visa at all. */
  readonly terminals: readonly string[];
}

/** A person or group, as everybody may know it; and the private keys of a person. */
export interface Entity {
  readonly id: string;
  readonly meta: string;
  readonly documents: readonly string[];
  readonly privateKeys: readonly JsonMap[];
}

/** The kinds of people that the exchanges have, by name. */
export const PEOPLE = {
  'MKM with RSA': { metaType: 'MKM', algorithm: 'RSA', network: 0, seed: 'hulk', terminals: [''] },
  'MKM with ECC': { metaType: 'MKM', algorithm: 'ECC', network: 0, seed: 'moki', terminals: [''] },
  'BTC with ECC': { metaType: 'BTC', algorithm: 'ECC', network: 0, terminals: [''] },
  'BTC with RSA': { metaType: 'BTC', algorithm: 'RSA', network: 0, terminals: [''] },
  'ETH with ECC': { metaType: 'ETH', algorithm: 'ECC', network: 0, terminals: [''] },
  'with terminals': { metaType: 'MKM', algorithm: 'ECC', network: 0, seed: 'many', terminals: ['phone', 'desk'] },
  'without a visa': { metaType: 'MKM', algorithm: 'RSA', network: 0, seed: 'plain', terminals: [] },
  'with a short name': { metaType: 'MKM', algorithm: 'ECC', network: 0, seed: 'a', terminals: [''] },
  'with a long name': { metaType: 'MKM', algorithm: 'ECC', network: 0, seed: 'n'.repeat(60), terminals: [''] },
  'a station': { metaType: 'MKM', algorithm: 'ECC', network: 2, seed: 'gsp-s001', terminals: [''] },
  'a bot': { metaType: 'MKM', algorithm: 'ECC', network: 4, seed: 'assistant', terminals: [''] },
} as const satisfies Readonly<Record<string, PersonKind>>;

/** The name of a kind of person. */
export type PersonName = keyof typeof PEOPLE;

/** What two sides know of each other. */
export class World {
  readonly #sides: readonly Side[];
  readonly #entities = new Map<string, Promise<Entity>>();

  constructor(...sides: readonly Side[]) {
    this.#sides = sides;
  }

  /** A person of a side, whom the others know. `number` tells several of a kind apart. */
  async person(side: Side, name: PersonName, number = 0): Promise<Entity> {
    const { network, ...kind }: PersonKind = PEOPLE[name];
    return this.#once(`${this.#place(side)} ${name} ${number}`, async () => {
      const person = await newPerson(side, { ...kind, network });
      await this.#tell(side, person);
      return person;
    });
  }

  /** The group of a side's person with one of each side. */
  async group(side: Side): Promise<Entity> {
    return this.#once(`${this.#place(side)} group`, async () => {
      const founder = await this.person(side, 'MKM with ECC');
      const members = [founder.id];
      for (const other of this.#sides) {
        if (other !== side) members.push((await this.person(other, 'MKM with ECC')).id);
        members.push((await this.person(other, 'with terminals')).id);
      }
      const made = await side.request('new-group', {
        founder: founder.id,
        seed: `group-${this.#place(side)}`,
        network: 1,
        name: 'The group',
        members,
      });
      const group = readEntity(made);
      await this.#tell(side, group, members);
      return group;
    });
  }

  async #tell(side: Side, { id, meta, documents }: Entity, members: readonly string[] = []): Promise<void> {
    for (const other of this.#sides) {
      if (other === side) continue;
      await other.request('learn', {
        id,
        meta: metaFor(other, meta),
        documents: documents.map((document) => documentFor(other, document)),
        members,
      });
    }
  }

  #place(side: Side): number {
    return this.#sides.indexOf(side);
  }

  async #once(key: string, make: () => Promise<Entity>): Promise<Entity> {
    const known = this.#entities.get(key) ?? make();
    this.#entities.set(key, known);
    return known;
  }
}

/** A new person of a side, whom nobody else knows yet. */
export async function newPerson(side: Side, kind: PersonKind, more: JsonMap = {}): Promise<Entity> {
  const { seed, ...rest } = kind;
  const made = await side.request('new-user', {
    ...rest,
    ...(seed !== undefined && { seed }),
    name: 'Somebody',
    ...more,
  });
  return readEntity(made);
}

function readEntity(made: JsonMap): Entity {
  const privateKeys = (made['privateKeys'] ?? []) as readonly JsonMap[];
  return { id: text(made, 'id'), meta: text(made, 'meta'), documents: texts(made, 'documents'), privateKeys };
}
