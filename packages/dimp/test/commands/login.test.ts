import { describe, expect, test } from '@jest/globals';
import { LoginCommand } from '../../src/index.ts';
import { alice, bob, carol, errorOf } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const [DID, STATION, PROVIDER] = [alice.id.toString(), bob.id.toString(), carol.id.toString()];
const WIRE = {
  type: '136',
  ...COMMON,
  command: 'login',
  did: DID,
  device: 'phone',
  agent: 'DIMP/2.4',
  station: { did: STATION, host: 'example.com', port: 9394 },
  provider: { did: PROVIDER },
};
const BARE = { type: '136', ...COMMON, command: 'login', did: DID };

describe('LoginCommand', () => {
  test('every field is read', () => {
    const login = parseAs('login', WIRE);
    expect(login).toMatchObject({ device: 'phone', agent: 'DIMP/2.4', time: COMMON.time });
    expect(login.station).toMatchObject({ host: 'example.com', port: 9394 });
    const ids = [login.did, login.station?.did, login.provider?.did];
    expect(ids.map(String)).toEqual([DID, STATION, PROVIDER]);
  });

  test('most may be absent', () => {
    const expected = { device: undefined, agent: undefined, station: undefined, provider: undefined };
    expect(parseAs('login', BARE)).toMatchObject(expected);
  });

  test('older names and spellings are read', () => {
    const login = parseAs('login', {
      ...WIRE,
      did: undefined,
      ID: DID,
      station: { ID: STATION, host: '127.0.0.1', port: '9394' },
      provider: { ID: PROVIDER },
    });
    const ids = [login.did, login.station?.did, login.provider?.did];
    expect(ids.map(String)).toEqual([DID, STATION, PROVIDER]);
    expect(login.station).toMatchObject({ host: '127.0.0.1', port: 9394 });
    expect(parseAs('login', { ...WIRE, station: { host: '::1', port: 80 } }).station?.did).toBeUndefined();
  });

  test('nothing is lost', async () => {
    checkNothingLost('login', WIRE, BARE);
  });

  test('a new one makes the round trip', () => {
    const created = LoginCommand.create(
      {
        did: alice.id,
        device: 'phone',
        agent: 'x',
        station: { did: bob.id, host: 'example.com', port: 9394 },
        provider: { did: carol.id },
      },
      { time: 5 },
    );
    expect(created.station).toEqual({ did: bob.id, host: 'example.com', port: 9394 });
    const login = reread('login', created);
    expect(login).toMatchObject({ device: 'phone', agent: 'x', time: 5 });
    expect(login.fields).toMatchObject({ station: WIRE.station, provider: WIRE.provider, did: DID });
    const bare = LoginCommand.create({ did: alice.id });
    expect(Object.keys(bare.fields).toSorted()).toEqual(['command', 'did', 'sn', 'time', 'type']);
  });

  test.each<[object, string, string]>([
    [{ did: undefined }, 'INPUT_MISSING', 'did'],
    [{ ID: STATION }, 'INPUT_CONFLICT', 'ID'],
    [{ device: 5 }, 'INPUT_TYPE', 'device'],
    [{ agent: 5 }, 'INPUT_TYPE', 'agent'],
    [{ station: 'x' }, 'INPUT_TYPE', 'station'],
    [{ station: { port: 80 } }, 'INPUT_MISSING', 'station.host'],
    [{ station: { host: 'x' } }, 'INPUT_MISSING', 'station.port'],
    [{ station: { host: 'a b', port: 80 } }, 'INPUT_FORMAT', 'station.host'],
    [{ station: { host: '', port: 80 } }, 'INPUT_FORMAT', 'station.host'],
    [{ station: { host: 'user@x/y', port: 80 } }, 'INPUT_FORMAT', 'station.host'],
    [{ station: { host: 'x', port: 0 } }, 'INPUT_RANGE', 'station.port'],
    [{ station: { host: 'x', port: 65536 } }, 'INPUT_RANGE', 'station.port'],
    [{ station: { host: 'x', port: 80.5 } }, 'INPUT_RANGE', 'station.port'],
    [{ station: { host: 'x', port: -1 } }, 'INPUT_RANGE', 'station.port'],
    [{ station: { host: 'x', port: 2n ** 60n } }, 'INPUT_RANGE', 'station.port'],
    [{ station: { host: 'x', port: '8e1' } }, 'INPUT_FORMAT', 'station.port'],
    [{ station: { host: 'x', port: true } }, 'INPUT_TYPE', 'station.port'],
    [{ station: { did: 'x', host: 'x', port: 80 } }, 'UNSUPPORTED_ADDRESS', 'station.did'],
    [{ provider: {} }, 'INPUT_MISSING', 'provider.did'],
    [{ provider: [] }, 'INPUT_TYPE', 'provider'],
  ])('%# is refused', async (change, code, path) => {
    expect(await refusalOf(WIRE, change)).toMatchObject({ code, path });
  });

  test('a new one has a port that can be', async () => {
    const refused = await errorOf(() => LoginCommand.create({ did: alice.id, station: { host: 'x', port: 1e6 } }));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'station.port' });
  });
});
