/** What the server of the page says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from 'dimsdk';
import { askServer, NOTHING_SAID } from '../../src/engine/server-config.ts';
import type { Platform } from '../../src/engine/platform.ts';

async function saidBy(answer: Response, page = 'https://chat.example/dim/'): Promise<unknown> {
  // Nothing else of the platform is asked for.
  return askServer({ fetch: async () => answer, page, clock: systemClock } as unknown as Platform);
}

test('addresses are read from where the page is', async () => {
  const said = { station: './', id: 'station', files: './upload/{ID}/file' };
  assert.deepEqual(await saidBy(Response.json(said)), {
    station: 'wss://chat.example/dim/',
    id: 'station',
    files: 'https://chat.example/dim/upload/{ID}/file',
  });
  assert.deepEqual(await saidBy(Response.json({ station: 'ws://127.0.0.1:9394' }), 'http://127.0.0.1:8000/'), {
    station: 'ws://127.0.0.1:9394',
    id: undefined,
    files: undefined,
  });
});

test('a server of mere files says nothing, and one that fails is not heard', async () => {
  assert.deepEqual(await saidBy(new Response('', { status: 404 })), NOTHING_SAID);
  assert.equal(await saidBy(new Response('', { status: 500 })), undefined);
  assert.equal(await saidBy(new Response('<html>')), undefined);
  assert.deepEqual(await saidBy(Response.json({ station: 5, files: '' })), NOTHING_SAID);
});
