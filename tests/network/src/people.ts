/**
 * Users whose keys were made once and for all: making those of three people takes longer than most tests. `people.json` is what
 * `node dist/people.js Station Alice Bob …` prints.
 */
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { createDim, EntityType, Visa, type JsonMap, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';

/** A user, with the maps of what it is made of. */
interface WrittenUser {
  readonly meta: JsonMap;
  readonly visas: readonly JsonMap[];
  readonly identity: JsonMap;
  readonly decrypt: readonly JsonMap[];
}

/** The name of a station. */
export const STATION = 'Station';

const dim = createDim({ plugins: [standardPlugin()], wireShape: 'deployed' });

const written = new Map(
  Object.entries(
    JSON.parse(readFileSync(new URL('../people.json', import.meta.url), 'utf8')) as Record<string, WrittenUser>,
  ),
);

/** Somebody by name, who has no terminals; undefined where the name is not in the file. */
export function knownPerson(name: string): User | undefined {
  const user = written.get(name);
  if (user === undefined) return undefined;
  const meta = dim.Meta.parse(user.meta);
  return {
    id: meta.id(typeOf(name)),
    meta,
    visas: user.visas.map((visa) => dim.Document.parse(visa)).filter((document) => document instanceof Visa),
    keys: {
      identity: dim.PrivateKey.parse(user.identity),
      decrypt: user.decrypt.map((key) => ({ key: dim.DecryptKey.parse(key) })),
    },
  };
}

function typeOf(name: string): number {
  return name === STATION ? EntityType.STATION : EntityType.USER;
}

async function write(names: readonly string[]): Promise<Record<string, WrittenUser>> {
  const users: Record<string, WrittenUser> = {};
  for (const name of names) {
    const { meta, visas, keys } = await dim.createUser(
      name === STATION ? { name, seed: 'station', type: typeOf(name) } : { name },
    );
    users[name] = {
      meta: meta.fields,
      visas: visas.map(({ fields }) => fields),
      identity: keys.identity.fields,
      decrypt: keys.decrypt.map(({ key }) => key.fields),
    };
  }
  return users;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href)
  console.log(JSON.stringify(await write(argv.slice(2)), undefined, 2));
