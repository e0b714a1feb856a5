/**
 * A device in a process of its own: it sends what it is told to, answers each text once, and is killed again and again over the
 * same file. Its parameters are its argument, in JSON; orders come on its input, and what it says goes to its output.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { TextContent, type ID } from 'dimp';
import { createClient, defineHandler, systemClock, type Clock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { dim } from '../world.ts';
import { Deaths } from './deaths.ts';
import { openFile, reportOf } from './files.ts';
import { answerTo, isAnswer, isForGroup, textFor, type DeviceParameters, type Order, type Saying } from './speech.ts';

// Whoever starts it says so.
const parameters = JSON.parse(process.argv[2] ?? '{}') as DeviceParameters;
const { name, port, window, ahead } = parameters;
const [self, other] = [dim.ID.parse(parameters.self), dim.ID.parse(parameters.other)];

function say(saying: Saying): void {
  // All of it is out when this is done, whatever happens to the process.
  writeSync(1, `${JSON.stringify(saying)}\n`);
}

const wrong = (what: string, error: unknown): void =>
  say({ is: 'wrong', what, error: error instanceof Error ? String(error.stack) : String(error) });

const clock: Clock = {
  now: () => systemClock.now() + ahead,
  wait: async (seconds, signal) => systemClock.wait(seconds, signal),
};

const deaths = new Deaths();
const store = await openFile(parameters, clock);

/** Each run leaves a row of its own: a text that is answered twice has two. */
const answer = defineHandler('text', ({ content: { text }, key }) => {
  const run = `${key} ${crypto.randomUUID()}`;
  const row = { table: 'app-heard', key: run, partition: '', order: clock.now(), value: { text } };
  const replies = isAnswer(text) ? [] : [TextContent.create(answerTo(text), { time: clock.now() })];
  return { replies, rows: [{ do: 'put-row', row, where: 'absent' }] };
});

const client = createClient({
  dim,
  self,
  clock,
  store: deaths.store(store),
  transport: deaths.transport(tcpTransport()),
  stations: [{ host: '127.0.0.1', port }],
  pauses: { first: 0.02, longest: 0.3 },
  handlers: [answer],
});
client.on('error', ({ error }) => wrong('error', error));
client.on('refused', ({ error, sender }) => wrong(`refused of ${String(sender)}`, error));
client.on('handler-failed', ({ error, kind }) => wrong(`handler of ${kind}`, error));
client.on('meta-changed', ({ error }) => wrong('meta changed', error));
client.on('connection', ({ is }) => {
  if (is === 'online') say({ is });
});
client.on('learned', async ({ id }) => {
  if (!id.isGroup) return;
  const state = await client.groups.state(id);
  if (state?.members.some((member) => member.equals(self)) === true) say({ is: 'member', group: id.toString() });
});
let wake: () => void = () => undefined;
client.on('delivery', () => wake());

async function send(from: number, to: number, group: ID | undefined): Promise<void> {
  for (let number = from; number < to; number++) {
    await room();
    const content = TextContent.create(textFor(name, number), { time: clock.now() });
    say({ is: 'sending', number });
    const { id } = await client.send(content, group !== undefined && isForGroup(number) ? group : other);
    say({ is: 'kept', number, delivery: id });
  }
  say({ is: 'all-kept' });
}

async function room(): Promise<void> {
  for (;;) {
    const further = new Promise<void>((resolve) => {
      wake = resolve;
    });
    if ((await client.deliveries()).length < window) return;
    await further;
  }
}

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'found': {
      const { group } = await client.groups.found({ name: 'Both', members: [other] });
      say({ is: 'member', group: group.toString() });
      return;
    }
    case 'send':
      return send(order.from, order.to, order.group === undefined ? undefined : dim.ID.parse(order.group));
    case 'die':
      deaths.expect(order.death);
      return;
    case 'report':
      say({ is: 'report', report: await reportOf(store) });
      return;
    case 'close':
      await client.close();
      await store.close();
      orders.close();
      process.stdin.destroy();
      // What has ended is gone in the next turn.
      setImmediate(() => setImmediate(() => say({ is: 'closed', resources: process.getActiveResourcesInfo() })));
  }
}

const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => {
  // They come from the trial.
  obey(JSON.parse(line) as Order).catch((error: unknown) => wrong('order', error));
});

await client.start();
say({ is: 'started' });
