/**
 * A process that takes turns with others: it counts in a row as often as it is told, reading it and writing it in a turn. At
 * the count that it is told it holds its turn until it is killed. Arguments: path, times, where to hold or nothing.
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from 'dimsdk/node';
import { dim } from './story.ts';
import { countIn, setCount } from './count.ts';

const [path = '', times = '', hold = ''] = process.argv.slice(2);
const store = await openSqliteStore({ dim, path, vault: 'unprotected' });
writeSync(1, 'open\n');

for (let turn = 1; turn <= Number(times); turn++)
  await store.exclusive(async () => {
    const count = await countIn(store);
    if (String(turn) === hold) {
      writeSync(1, 'holding\n');
      await new Promise((resolve) => setTimeout(resolve, 2 ** 30));
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
    await setCount(store, count + 1);
    writeSync(1, `${count + 1}\n`);
  });
await store.close();
