import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../../src/operation/logs/logger.ts';

async function logged(format: 'pretty' | 'json', level: 'debug' | 'info' | 'silent' = 'info') {
  const lines: string[] = [];
  const logger = await createLogger({ level, format, output: { write: (line) => lines.push(line) } });
  logger.debug('detail', { count: 1 });
  logger.info('login', { user: 'mallory\u001B[2J\u202E@x', signature: 'c2ln', key: 'k', passphrase: 'hush' });
  logger.error('failed', { reason: 'one\ntwo' });
  return lines;
}

describe('logs', () => {
  test('one event a line, without secrets and controls', async () => {
    const [login = '', failed = '', ...more] = await logged('json');
    expect(more).toEqual([]);
    const hidden = { signature: '(hidden)', key: '(hidden)', passphrase: '(hidden)' };
    const { time, ...rest } = JSON.parse(login) as Record<string, unknown>;
    expect(rest).toEqual({ level: 'info', event: 'login', user: 'mallory?[2J?@x', ...hidden });
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(JSON.parse(failed)).toMatchObject({ level: 'error', reason: 'one?two' });
  });

  test('for people', async () => {
    const lines = await logged('pretty', 'debug');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('login');
    expect(lines[1]).toContain('mallory?[2J?@x');
    expect(lines.join('')).not.toContain('hush');
    expect(lines.join('')).not.toContain('\u001B');
  });

  test('nothing, where nothing is wanted', async () => {
    expect(await logged('json', 'silent')).toEqual([]);
  });
});
