/** The contract of connections: the transports of dimsdk keep it, and what is wrong with others is told. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConnectionTrial } from '../../src/connection/connection-trial.ts';
import { assertContract, checkConnection } from '../../src/connection/index.ts';
import { Contract } from '../../src/report/contract.ts';
import { memoryMtp, tcp, unstoppableWebSocket, webSocket } from './transports-under-test.ts';
import { WRONG_ENDS, WRONG_FLOODS, WRONG_SILENCES, WRONG_VIOLATIONS } from './wrong-endings.ts';
import { WRONG_CONNECTING, WRONG_LINES } from './wrong-lines.ts';
import { WRONG_ACKNOWLEDGEMENTS, WRONG_PAYLOADS } from './wrong-payloads.ts';

const WRONG = [
  ...WRONG_CONNECTING,
  ...WRONG_PAYLOADS,
  ...WRONG_ACKNOWLEDGEMENTS,
  ...WRONG_ENDS,
  ...WRONG_SILENCES,
  ...WRONG_LINES,
  ...WRONG_VIOLATIONS,
  ...WRONG_FLOODS,
];

describe('checkConnection', () => {
  const checked = new Set<string>();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): number => unhandled.push(reason);
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => void process.off('unhandledRejection', note));

  test.each([memoryMtp, tcp, webSocket, unstoppableWebSocket])('passes $name', async (samples) => {
    const report = await checkConnection(samples);
    assertContract(report);
    expect(report.checked.length).toBeGreaterThan(25);
    for (const rule of report.checked) checked.add(rule);
    // Whatever came over the line.
    expect(unhandled).toEqual([]);
  });

  test.each(WRONG)('tells of a connection that %s', async (_what, samples, check, rule) => {
    const contract = new Contract('transport');
    await check(new ConnectionTrial(contract, samples));
    expect(contract.report().failures.map((failure) => failure.rule)).toContain(rule);
  });

  test('no rule is kept by every wrong connection', () => {
    expect([...checked].filter((rule) => !WRONG.some((each) => each[3] === rule))).toEqual([]);
  });
});
