/** The contract of connections: the transports of dimsdk keep it, in memory and over loopback. */
import { describe, expect, test } from '@jest/globals';
import { assertContract, checkConnection } from '../../src/connection/index.ts';
import { memoryMtp, tcp, unstoppableWebSocket, webSocket } from './transports-under-test.ts';

describe('checkConnection', () => {
  test.each([memoryMtp, tcp, webSocket, unstoppableWebSocket])('passes $name', async (samples) => {
    const report = await checkConnection(samples);
    assertContract(report);
    expect(report.checked.length).toBeGreaterThan(25);
  });
});
