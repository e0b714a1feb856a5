import { describe, expect, test } from '@jest/globals';
import { ANYONE, createDim, HandshakeCommand } from '../../src/index.ts';
import { dim } from '../context.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const WIRE = { type: '136', ...COMMON, command: 'handshake', title: 'Hello world!', session: 's' };

describe('HandshakeCommand', () => {
  test.each<[object, string]>([
    [{ session: undefined }, 'start'],
    [{ session: '' }, 'start'],
    [{}, 'restart'],
    [{ title: 'DIM?' }, 'again'],
    [{ title: 'DIM!' }, 'success'],
    [{ title: 'DIM!', session: undefined }, 'success'],
    [{ title: 'Hi', session: undefined }, 'start'],
    [{ title: 'dim!' }, 'restart'],
    [{ title: undefined, message: 'DIM?' }, 'again'],
    [{ message: 'DIM!' }, 'restart'],
  ])('%j has state %s', (change, state) => {
    expect(parseAs('handshake', { ...WIRE, ...change }).state).toBe(state);
  });

  test('title and session are read', () => {
    expect(parseAs('handshake', WIRE)).toMatchObject({ title: 'Hello world!', session: 's' });
    expect(parseAs('handshake', { ...WIRE, title: undefined, message: 'x' }).title).toBe('x');
  });

  test('nothing is lost', async () => {
    checkNothingLost('handshake', WIRE, { ...WIRE, type: 136, title: undefined, message: 'DIM?' });
  });

  test('new ones make the round trip', () => {
    const steps = [
      HandshakeCommand.offer(),
      HandshakeCommand.ask('s'),
      HandshakeCommand.offer('s'),
      HandshakeCommand.accepted(),
      HandshakeCommand.accepted('s', { sn: 9 }),
    ].map((step) => reread('handshake', step));
    expect(steps.map(({ state }) => state)).toEqual(['start', 'again', 'restart', 'success', 'success']);
    expect(steps.map(({ session }) => session)).toEqual([undefined, 's', 's', undefined, 's']);
    expect(steps.at(-1)?.sn).toBe(9);
  });

  test('a client says which station it means', () => {
    const offer = reread('handshake', HandshakeCommand.offer('s', { station: ANYONE }));
    expect(offer).toMatchObject({ state: 'restart', session: 's', station: ANYONE.toString() });
    expect(parseAs('handshake', { ...WIRE, station: { host: 'of a login' } }).station).toBeUndefined();
  });

  test('a station says how much it takes', () => {
    expect(parseAs('handshake', { ...WIRE, title: 'DIM!', payload_bytes: 4096 }).payloadBytes).toBe(4096);
    for (const wrong of [0, -1, 1.5, '4096', {}])
      expect(parseAs('handshake', { ...WIRE, payload_bytes: wrong }).payloadBytes).toBeUndefined();
  });

  test.each([
    [{ title: undefined }, 'INPUT_MISSING', 'title'],
    [{ title: 5 }, 'INPUT_TYPE', 'title'],
    [{ session: 5 }, 'INPUT_TYPE', 'session'],
  ])('%j is refused', async (change, code, path) => {
    expect(await refusalOf(WIRE, change)).toMatchObject({ code, path });
  });
});

describe('stationPlugin', () => {
  test('is not part of the core', () => {
    expect(dim.Content.parse(WIRE).kind).toBe('unknown-command');
    expect(createDim({ plugins: [] }).Content.parse(WIRE).kind).toBe('unknown-command');
  });
});
