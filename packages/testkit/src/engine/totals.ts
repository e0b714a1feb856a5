/** How much may wait for all users together. */
import type { Engine, MailboxLimits, Posting } from 'dimstation';
import { isSame } from '../store/answers.ts';
import { allOf } from '../report/verdict.ts';
import { inShort, NOON, positionOf, posting, restarted, ROOM, type EngineTrial } from './engine-trial.ts';

/** For somebody else each time, of ten bytes. */
function ten(receiver: string, parts: Partial<Posting> = {}): Posting {
  const boxes = [{ user: receiver, terminal: '' }];
  return posting(`to ${receiver}`, { boxes, sender: `sender to ${receiver}`, bytes: new Uint8Array(10), ...parts });
}

const put = async (engine: Engine, limits: MailboxLimits, ...postings: readonly Posting[]) =>
  (await engine.mailbox.append(postings, limits)).flat();

export async function checkTotals({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule(
    'append',
    'no more bytes wait for all users together than may, and what is removed makes room',
    async () => {
      const limits = { ...ROOM, totalBytes: 35 };
      const opened = await samples.open();
      const first = await put(opened, limits, ten('a'), ten('b', { keptAt: NOON - 1 }), ten('c'), ten('d'));
      const engine = await restarted(samples, opened);
      const small = await put(engine, limits, ten('e'), ten('f', { bytes: new Uint8Array(5) }));
      await engine.mailbox.acknowledge([{ box: { user: 'a', terminal: '' }, positions: [positionOf(first[0])] }]);
      const second = await put(engine, limits, ten('g'), ten('h'));
      await engine.mailbox.expire(NOON);
      const third = await put(engine, limits, ten('i'), ten('j'));
      return allOf([
        isSame(inShort([...first, ...small]), ['kept', 'kept', 'kept', 'full', 'full', 'kept']),
        isSame(inShort([...second, ...third]), ['kept', 'full', 'kept', 'full']),
      ]);
    },
  );
  await contract.rule('append', 'of one sender no more bytes wait for all users together than may', async () => {
    const limits = { ...ROOM, senderTotalBytes: 20 };
    const sender = 'one';
    const opened = await samples.open();
    const first = await put(
      opened,
      limits,
      ten('a', { sender }),
      // Who is a stranger to some is the same one.
      ten('b', { sender, keptAt: NOON - 1, isFromStranger: true, isToStranger: true }),
      ten('c', { sender }),
      ten('c'),
    );
    const engine = await restarted(samples, opened);
    const then = await put(engine, limits, ten('d', { sender, isFromStranger: true }));
    await engine.mailbox.acknowledge([{ box: { user: 'a', terminal: '' }, positions: [positionOf(first[0])] }]);
    const second = await put(engine, limits, ten('e', { sender }), ten('f', { sender }));
    await engine.mailbox.expire(NOON);
    const third = await put(engine, limits, ten('g', { sender }), ten('h', { sender }));
    return allOf([
      isSame(inShort([...first, ...then]), ['kept', 'kept', 'full', 'kept', 'full']),
      isSame(inShort([...second, ...third]), ['kept', 'full', 'kept', 'full']),
    ]);
  });
  await contract.rule('append', 'for all together who have never been here no more bytes wait than may', async () => {
    const limits = { ...ROOM, toStrangersBytes: 20 };
    const isToStranger = true;
    const opened = await samples.open();
    const first = await put(
      opened,
      limits,
      ten('a', { isToStranger }),
      ten('b', { isToStranger, keptAt: NOON - 1 }),
      ten('c', { isToStranger }),
      ten('d'),
    );
    const engine = await restarted(samples, opened);
    await engine.mailbox.acknowledge([{ box: { user: 'a', terminal: '' }, positions: [positionOf(first[0])] }]);
    const second = await put(engine, limits, ten('e', { isToStranger }), ten('f', { isToStranger }));
    await engine.mailbox.expire(NOON);
    const third = await put(engine, limits, ten('g', { isToStranger }), ten('h', { isToStranger }));
    return allOf([
      isSame(inShort(first), ['kept', 'kept', 'full', 'kept']),
      isSame(inShort([...second, ...third]), ['kept', 'full', 'kept', 'full']),
    ]);
  });
}
