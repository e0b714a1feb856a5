/** What calling code does wrong is told, and nothing is started. */
import { expect, test } from '@jest/globals';
import { createDim, EntityType, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { MemoryClientStore, systemClock } from 'dimsdk';
import {
  createGroupAssistant,
  createStation,
  listen,
  memoryEngine,
  openSqliteEngine,
  type GroupAssistantOptions,
  type ListenOptions,
  type StationOptions,
} from '../../src/index.ts';

const dim = createDim({ plugins: [standardPlugin(), stationPlugin], wireShape: 'deployed' });

test('a station needs what it is made of', async () => {
  const identity = await dim.createUser({ name: 'Station', seed: 'station', type: EntityType.STATION });
  const person = await dim.createUser({ name: 'Alice' });
  const engine = memoryEngine();
  const right = { dim, identity, engine };
  const wrong: readonly (readonly [object, string])[] = [
    [{}, 'dim'],
    [{ ...right, dim: {} }, 'dim'],
    [{ ...right, engine: {} }, 'engine.mailbox'],
    [{ ...right, engine: Promise.resolve(engine) }, 'engine.mailbox'],
    [{ ...right, identity: identity.id }, 'identity.id'],
    [{ ...right, identity: person }, 'identity.id'],
    [{ ...right, clock: {} }, 'clock'],
    [{ ...right, engin: engine }, 'engin'],
    [{ ...right, limits: { mailboxMesages: 1 } }, 'limits.mailboxMesages'],
    [{ ...right, limits: 3 }, 'limits'],
    [{ ...right, names: { a: 'x' } }, 'names.a'],
    [{ ...right, names: { all: person.id } }, 'names.all'],
    [{ ...right, names: [person.id] }, 'names'],
  ];
  for (const [options, path] of wrong)
    await expect(createStation(options as StationOptions)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path });
  const station = await createStation({ ...right, clock: undefined });
  await station.close();
});

test('a port is listened at where it is said, and nowhere else', async () => {
  const right = { accept: () => ({}), host: '127.0.0.1', port: 0, clock: systemClock };
  const wrong: readonly (readonly [object | undefined, string])[] = [
    [undefined, 'options'],
    [{}, 'clock'],
    [{ ...right, host: undefined }, 'host'],
    [{ ...right, host: '' }, 'host'],
    [{ ...right, port: undefined }, 'port'],
    [{ ...right, accept: {} }, 'accept'],
    [{ ...right, prot: 1 }, 'prot'],
    [{ ...right, limits: 3 }, 'limits'],
    [{ ...right, tls: { key: 1, cert: '' } }, 'tls.key'],
    [{ ...right, tls: { key: '', cert: '' } }, 'tls.cert'],
  ];
  for (const [options, path] of wrong)
    await expect(listen(options as ListenOptions)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path });
  const one = await listen(right as unknown as ListenOptions);
  await expect(listen({ ...right, port: one.port } as unknown as ListenOptions)).rejects.toThrow(
    `cannot listen at 127.0.0.1, port ${one.port}: another program has it`,
  );
  for (const [options, path] of [
    [undefined, 'options'],
    [{}, 'graceSeconds'],
    [{ graceSeconds: -1 }, 'graceSeconds'],
  ] as const)
    await expect(one.close(options as { graceSeconds: number })).rejects.toMatchObject({
      code: 'USAGE_ARGUMENT',
      path,
    });
  await one.close({ graceSeconds: 0 });
});

test('an engine in a file has no other options', async () => {
  const options = { path: 'nowhere.db', bogus: 1 };
  await expect(openSqliteEngine(options)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path: 'bogus' });
});

test('an assistant needs what it is made of', async () => {
  const bot = await dim.createUser({ name: 'Bot', seed: 'bot', type: EntityType.BOT });
  const transport = { connect: async () => Promise.reject(new Error('nobody is there')) };
  const store = new MemoryClientStore();
  const right = { dim, store, self: bot.id, transport, stations: [{ host: 'a', port: 1 }] };
  const wrong: readonly (readonly [object | undefined, string])[] = [
    [undefined, 'options'],
    [{}, 'dim'],
    [{ dim }, 'store'],
    [{ ...right, self: undefined }, 'self'],
    [{ ...right, self: (await dim.createUser({ name: 'Alice' })).id }, 'self'],
    [{ ...right, limits: 3 }, 'limits'],
    [{ ...right, allows: true }, 'allows'],
    [{ ...right, transport: undefined }, 'transport'],
    [{ ...right, stations: undefined }, 'stations'],
  ];
  for (const [options, path] of wrong)
    expect(errorOf(() => createGroupAssistant(options as GroupAssistantOptions))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path,
    });
});

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
