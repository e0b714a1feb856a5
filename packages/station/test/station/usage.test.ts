/** What calling code does wrong is told, and nothing is started. */
import { expect, test } from '@jest/globals';
import { createDim, EntityType, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { systemClock } from 'dimsdk';
import { createStation, listen, memoryEngine, type ListenOptions, type StationOptions } from '../../src/index.ts';

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
  ];
  for (const [options, path] of wrong)
    await expect(listen(options as ListenOptions)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path });
  const one = await listen(right as unknown as ListenOptions);
  await expect(listen({ ...right, port: one.port } as unknown as ListenOptions)).rejects.toThrow(
    `cannot listen at 127.0.0.1, port ${one.port}: another program has it`,
  );
  await one.close({ graceSeconds: 0 });
});
