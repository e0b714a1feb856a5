/** One station names the other among its neighbors, and the other does not: nothing is lost by it. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import type { Logger } from 'dimsdk';
import { person } from '../world.ts';
import { sayWhere } from './moving.ts';
import { Region } from './region.ts';

test('messages wait at home until the other station names this one too, and both say what is missing', async () => {
  const warned: string[] = [];
  const quiet = (): void => undefined;
  const warn = (event: string): void => void warned.push(event);
  const logger: Logger = { debug: quiet, info: quiet, warn, error: warn };
  const region = await Region.of({ Abbey: ['Borough'], Borough: [] }, { logger });
  const alice = await region.client('Alice', 'Abbey');
  await region.during(sayWhere(region, 'Bob', 'Abbey', 'Borough'));
  await alice.send(TextContent.create('Hello'), person('Bob').id);
  await region.pass(60);
  strictEqual(await region.waiting('Abbey'), 1);
  // Once, however often they meet.
  deepStrictEqual(warned.sort(), [
    'a station has logged in that is no neighbor here: what it brings of its users is refused',
    'no connection to a neighbor',
  ]);
  await region.stop('Borough');
  region.place('Borough').neighbors.push('Abbey');
  await region.start('Borough');
  await region.pass(60);
  strictEqual(await region.waiting('Abbey'), 0);
  strictEqual(await region.waiting('Borough'), 1);
  const bob = await region.client('Bob', 'Borough');
  await region.pass(30);
  deepStrictEqual(await region.read(bob, 'Alice'), ['Hello']);
  strictEqual(warned.length, 2);
  await region.leave(alice, bob);
  await region.close();
});
