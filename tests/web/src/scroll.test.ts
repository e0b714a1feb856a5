/** Ten thousand messages in one conversation scroll like a few. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Person } from './person.ts';
import { useStage } from './stage.ts';

const stage = useStage();

const MANY = 10_000;
const FEW = 60;
/** Wheel steps, each over some 11 messages: more than 1,000 of them in all. */
const STEP = 800;
const STEPS = { Many: 110, Few: 50 };
const RUNS = 3;
/**
 * A frame in which rows come in costs more than one in which all stand still, and a busy machine makes both longer. Drawing
 * all ten thousand would cost seconds a frame, some hundred times as much.
 */
const MOST_MEDIAN = 3;
const MOST_SLOW = 8;
/** Of a window of this size some 40 rows are drawn, with a few around them; each has about 12 elements. */
const MOST_ELEMENTS = 2500;

test('ten thousand messages scroll like a few', async () => {
  const [alice, many, few] = await Promise.all([stage.comes('Alice'), stage.peer('Many'), stage.peer('Few')]);
  const ids = [many, few].map(({ id }) => id.toString());
  for (const [at, id] of ids.entries()) {
    await alice.add(id, at === 0 ? 'Many' : 'Few');
    await alice.write('The first one');
    await multiply(alice.page, id, at === 0 ? MANY : FEW);
  }
  await alice.page.reload();
  await alice.isIn();
  const times: { readonly many: number[]; readonly few: number[] }[] = [];
  for (let run = 0; run < RUNS; run++) {
    times.push({ few: await scroll(alice, 'Few'), many: await scroll(alice, 'Many') });
  }
  const ratioOf = (part: number): number => {
    const ratios = times.map((run) => quantile(run.many, part) / quantile(run.few, part));
    console.log(`frames at ${part}: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} times as long`);
    return Math.min(...ratios);
  };
  assert.ok(ratioOf(0.5) <= MOST_MEDIAN);
  assert.ok(ratioOf(0.95) <= MOST_SLOW);
  const seen = await alice.page.evaluate(() => document.querySelectorAll('*').length);
  console.log(`${seen} elements`);
  assert.ok(seen <= MOST_ELEMENTS, `${seen} elements`);
  // It has come that far, and the newest are one step away.
  const [oldest = ''] = await alice.page.getByRole('article').allInnerTexts();
  const number = Number(/message (\d{1,5})/.exec(oldest)?.[1]);
  assert.ok(MANY - number > 1000, `the oldest that was shown is ${oldest}`);
  await alice.page.getByRole('button', { name: 'To the newest' }).click();
  await alice.message(`message ${MANY - 1}`).waitFor();
  alice.checkFaults();
});

/** Puts copies of the one message of a conversation into the database, as the store of the page has written it. */
async function multiply(page: Page, conversation: string, count: number): Promise<void> {
  await page.evaluate(
    async ([id, copies]) => {
      const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one?.includes('dim-web'));
      if (name === undefined) throw new Error('there is no database');
      const database = await asked(indexedDB.open(name));
      const rows = database.transaction('rows', 'readwrite').objectStore('rows');
      interface Row {
        readonly table: string;
        readonly text: string;
        readonly order: number;
        readonly key: string;
      }
      const all = (await asked(rows.getAll())) as readonly Row[];
      const row = all.find(({ table, text }) => table === 'message' && text.includes(`"${id}"`));
      if (row === undefined) throw new Error('there is no message');
      for (let at = 0; at < copies; at++) {
        const words = ` and more of it${' word'.repeat((at * 7) % 40)}`;
        const text = row.text.replace('The first one', `message ${at}${at % 4 === 0 ? words : ''}`);
        const copy = { ...row, key: `copy-${id}-${at}`, order: row.order - (copies - at) * 60, text };
        rows.put(copy);
      }
      await new Promise((resolve, reject) => {
        rows.transaction.addEventListener('complete', resolve);
        rows.transaction.addEventListener('abort', reject);
      });
      database.close();

      async function asked<T>(request: IDBRequest<T>): Promise<T> {
        return new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result));
          request.addEventListener('error', () => reject(request.error ?? new Error('failed')));
        });
      }
    },
    [conversation, count] as const,
  );
}

/** Upwards by the wheel. @returns how long each frame took, in milliseconds */
async function scroll(person: Person, name: keyof typeof STEPS): Promise<number[]> {
  const { page } = person;
  await person.open(name);
  await person.message('The first one').waitFor();
  await page.locator('.message-list').hover();
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const state = Object.assign(globalThis, { frames, isMeasured: true });
    const frame = (now: number): void => {
      frames.push(now - last);
      last = now;
      if (state.isMeasured) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let step = 0; step < STEPS[name]; step++) {
    await page.mouse.wheel(0, -STEP);
    await page.evaluate(async () => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  return page.evaluate(() => {
    const state = globalThis as unknown as { readonly frames: number[]; isMeasured: boolean };
    state.isMeasured = false;
    return state.frames;
  });
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
