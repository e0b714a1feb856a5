/** A process that writes until it is killed, and says of each step that it was kept. Arguments: path, seed. */
import { writeSync } from 'node:fs';
import { openSqliteStore } from 'dimsdk/node';
import { dim, stepOf, stepsIn } from './story.ts';

const [path = '', seed = ''] = process.argv.slice(2);
const store = await openSqliteStore({ dim, path, vault: 'unprotected' });

for (let number = (await stepsIn(store)) + 1; ; number++) {
  const { changes, rows } = await stepOf(Number(seed), number);
  // Some as a client does that plans by what is kept.
  if (number % 3 === 0) await store.exclusive(async () => store.commit(changes, rows));
  else await store.commit(changes, rows);
  writeSync(1, `${number}\n`);
}
