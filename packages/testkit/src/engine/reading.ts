/** Reading in pages. */
import type { StoredMessage } from 'dimstation';
import { isSame } from '../store/answers.ts';
import { allOf } from '../report/verdict.ts';
import { BOX, keep, numbered, OTHER, posting, ROOM, TABLET, textOf, type EngineTrial } from './engine-trial.ts';

export async function checkReading({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('read', 'reading gives as many messages as it may, the oldest first', async () => {
    const engine = await samples.open();
    await keep(engine, ...numbered(5).map((text) => posting(text)));
    const read = async (messages: number) => (await engine.mailbox.read(BOX, 0, { ...ROOM, messages })).map(textOf);
    return allOf([
      isSame(await read(2), numbered(2)),
      isSame(await read(5), numbered(5)),
      isSame(await read(Infinity), numbered(5)),
      isSame(await read(0), []),
    ]);
  });
  await contract.rule('read', 'reading gives as many bytes as it may, but one message whatever it has', async () => {
    const engine = await samples.open();
    await keep(engine, ...['aaaa', 'bb', 'ccc', 'd'].map((text) => posting(text)));
    const read = async (bytes: number) => (await engine.mailbox.read(BOX, 0, { ...ROOM, bytes })).map(textOf);
    return allOf([
      isSame(await read(0), ['aaaa']),
      isSame(await read(5), ['aaaa']),
      isSame(await read(6), ['aaaa', 'bb']),
      // Not what is small and behind what is too large.
      isSame(await read(8), ['aaaa', 'bb']),
      isSame(await read(Infinity), ['aaaa', 'bb', 'ccc', 'd']),
    ]);
  });
  await contract.rule('read', 'page by page everything is read once', async () => {
    const engine = await samples.open();
    const texts = numbered(250);
    const boxes = [[BOX], [OTHER, BOX], [BOX, TABLET]];
    await engine.mailbox.append(
      texts.map((text, index) => posting(text, { boxes: boxes[index % boxes.length] ?? [] })),
      ROOM,
    );
    const read: StoredMessage[] = [];
    for (;;) {
      const page = await engine.mailbox.read(BOX, read.at(-1)?.position ?? 0, { messages: 60, bytes: 200 });
      if (page.length === 0 || read.length > texts.length) break;
      read.push(...page);
    }
    return isSame(read.map(textOf), texts);
  });
  await contract.rule('read', 'reading takes nothing away', async () => {
    const engine = await samples.open();
    await keep(engine, posting('a'));
    const reads = [await engine.mailbox.read(BOX, 0, ROOM), await engine.mailbox.read(BOX, 0, ROOM)];
    return allOf(reads.map((messages) => isSame(messages.map(textOf), ['a'])));
  });
}
