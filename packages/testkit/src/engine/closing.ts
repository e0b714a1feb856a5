/** Closing: what was begun is done, and what comes later is refused. */
import { isSame } from '../store/answers.ts';
import { allOf, firstOf, isValue } from '../report/verdict.ts';
import { BOX, isRefused, NOON, posting, ROOM, textsIn, type EngineTrial } from './engine-trial.ts';

export async function checkClosing({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('close', 'whatever is asked of a closed engine is refused: STORE_CLOSED', async () => {
    const { mailbox, records, close } = await opened();
    await close();
    const calls: readonly (readonly [what: string, call: () => unknown])[] = [
      ['append', () => mailbox.append([posting('a')], ROOM)],
      ['read', () => mailbox.read(BOX, 0, ROOM)],
      ['acknowledge', () => mailbox.acknowledge([])],
      ['expire', () => mailbox.expire(NOON)],
      ['usage', () => mailbox.usage('user')],
      ['fullest', () => mailbox.fullest(1)],
      ['total', () => mailbox.total()],
      ['records.read', () => records.read('table', 'key')],
      ['records.write', () => records.write([])],
      ['records.list', () => records.list('table', '', 1)],
      ['records.count', () => records.count('table')],
      ['records.oldest', () => records.oldest('table', NOON, 1)],
      ['records.prune', () => records.prune('table', NOON, 1)],
    ];
    return firstOf(calls, ([what, call]) => isRefused(call, what, 'STORE_CLOSED'));
  });
  await contract.rule('close', 'an engine may be closed twice', async () => {
    const { close } = await opened();
    await Promise.all([close(), close()]);
    return isValue(await close(), undefined);
  });
  await contract.rule('close', 'what was asked before closing is done', async () => {
    const engine = await samples.open();
    const kept = engine.mailbox.append([posting('a')], ROOM);
    const read = engine.mailbox.read(BOX, 0, ROOM);
    const closed = engine.close();
    const outcomes = await Promise.all([kept, read]);
    await closed;
    const after = samples.reopen === undefined ? undefined : await samples.reopen(engine);
    return allOf([
      isValue(outcomes[0][0]?.[0]?.is, 'kept'),
      isValue(outcomes[1].length, 1),
      after === undefined ? true : isSame(await textsIn(after), ['a']),
    ]);
  });

  async function opened() {
    const engine = await samples.open();
    return { mailbox: engine.mailbox, records: engine.records, close: () => engine.close() };
  }
}
