/** Our station answers each request with the fields, texts, templates and types of a deployed one. */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { JsonMap } from 'dimp';
import { PersonByHand, partsOf } from './by-hand/person-by-hand.ts';
import { CAPTURED, differencesOf, withWords, type CapturedAnswer, type CapturedRequest } from './captured-answers.ts';
import { asText } from '../values.ts';
import { Journal } from './journal.ts';
import { clientDim } from './own-person.ts';
import { ASSISTANT } from './station-names.ts';
import { ownStation, StationProgram } from './station-program.ts';

/** No meta of it is anywhere. */
const NOBODY = '0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1';

/** Where ours differs everywhere. */
const EVERYWHERE: readonly RegExp[] = [
  // Who comes in is told how much is taken.
  /^\+payload_bytes$/,
  // A receipt that answers a content does not repeat what the station itself has written into the envelope.
  /^-(origin|envelope)\.(from|traces|rcpt)$/,
  // In arrays, older names stand beside today's as elsewhere, and types are the numbers that they are elsewhere.
  /^contents\.\d\.type$/,
  /^\+contents\.\d\.(ID|cmd|document)$/,
];

/** What the full station does, and the captured one did not: the difference is that it is there. */
const SERVED: ReadonlySet<string> = new Set(['block', 'mute', 'search']);

const journal = new Journal();
const directory = mkdtempSync(join(tmpdir(), 'captured-answers-'));
let station: StationProgram;
let alice: PersonByHand;
const ids = new Map<string, string>([
  ['<nobody>', NOBODY],
  ['<assistant>', ASSISTANT],
]);

before(async () => {
  station = await StationProgram.start(ownStation(directory), journal);
  ids.set('<station>', String(station.id));
  const people = new Map<string, PersonByHand>();
  for (const name of ['alice', 'bob', 'carol']) {
    const user = await clientDim.createUser({ name });
    ids.set(`<${name}>`, String(user.id));
    people.set(name, await PersonByHand.dial({ name, user, framing: 'MTP', port: station.port, journal }));
  }
  const [bob, carol] = [people.get('bob'), people.get('carol')];
  for (const person of [bob, carol]) {
    await person?.logIn();
    const where = { did: String(station.id), host: '127.0.0.1', port: station.port };
    const login = { command: 'login', did: String(person?.id), agent: 'by hand', station: where };
    await person?.send(login, station.id);
    await person?.hears('receipt', ({ content }) => content['text'] === 'Login received.');
    await person?.close();
  }
  assert.ok(people.has('alice'));
  alice = people.get('alice') as PersonByHand;
  await alice.hello();
  for (const person of [bob, carol]) if (person !== undefined) await alice.meet(person.id);
});

after(async () => {
  await alice.close();
  await station.stop();
  rmSync(directory, { recursive: true });
});

/** Asks, and waits until the station has answered something that was asked behind it. */
async function ask({
  to,
  request,
}: CapturedRequest): Promise<{ readonly sn: number; readonly answers: readonly CapturedAnswer[] }> {
  const from = alice.events.end;
  const known = alice.all.length;
  const sn = 1 + randomInt(2 ** 31 - 2);
  await alice.send(JSON.parse(withIds({ ...request, sn })) as JsonMap, clientDim.ID.parse(ids.get(to) ?? to));
  const session = `after ${sn}`;
  await alice.send({ command: 'handshake', title: 'Nice to meet you!', session }, station.id);
  const isLast = (content: JsonMap): boolean => content['session'] === session;
  await alice.hears('answers', ({ content }) => partsOf(content).some((part) => isLast(part)), { from });
  const answers = alice.all.slice(known).map(({ message, content }) => ({
    attached: ['meta', 'visa'].filter((name) => name in message),
    content: withoutPart(content, isLast),
  }));
  return { sn, answers: answers.filter(({ content }) => !isLast(content)) };
}

/** An answer to what was asked last may stand in one array with those before it. */
function withoutPart(content: JsonMap, isPart: (content: JsonMap) => boolean): JsonMap {
  const parts = partsOf(content);
  if (parts.length === 1 || !parts.some((part) => isPart(part))) return content;
  const rest = parts.filter((part) => !isPart(part));
  return rest.length === 1 ? (rest[0] ?? content) : { ...content, contents: rest };
}

let key = '';

function withIds(request: JsonMap): string {
  let text = JSON.stringify(request).replaceAll('<session>', key);
  text = text.replaceAll('"<time>"', String(Date.now() / 1000 + 10));
  for (const [word, id] of ids) text = text.replaceAll(word, id);
  return text;
}

function answerInWords({ attached, content }: CapturedAnswer, sn: number): CapturedAnswer {
  const names = new Map([...ids].map(([word, id]) => [id, word]));
  return { attached, content: withWords(content, names, sn) as JsonMap };
}

/** The answers, and each part of those that are arrays. */
function withParts(answers: readonly CapturedAnswer[]): readonly CapturedAnswer[] {
  return answers.flatMap((answer) => {
    const parts = partsOf(answer.content).map((content) => ({ ...answer, content }));
    return parts.length === 1 ? parts : [answer, ...parts];
  });
}

function countOf(answers: readonly CapturedAnswer[]): number {
  return answers.flatMap(({ content }) => partsOf(content)).length;
}

/** How the answer that is most like a captured one differs from it. */
function differences(captured: CapturedAnswer, answers: readonly CapturedAnswer[]): readonly string[] {
  const isDeclared = (difference: string): boolean => EVERYWHERE.some((pattern) => pattern.test(difference));
  const [best = ['no answer']] = answers
    .map(({ attached, content }) => [
      ...differencesOf(captured.content, content).filter((difference) => !isDeclared(difference)),
      ...differencesOf([...captured.attached], [...attached], 'attached'),
    ])
    .sort((one, other) => one.length - other.length);
  return best;
}

for (const captured of CAPTURED) {
  test(`as captured: ${captured.note}`, async () => {
    const { sn, answers } = await ask(captured);
    key ||= asText(answers.map(({ content }) => content['session']).find((session) => session !== undefined) ?? '');
    const ours = answers.map((answer) => answerInWords(answer, sn));
    assert.equal(countOf(ours), countOf(captured.answers), JSON.stringify(ours));
    const found = captured.answers.flatMap((answer) => differences(answer, withParts(ours)));
    if (SERVED.has(captured.note)) assert.notDeepEqual(found, []);
    else assert.deepEqual(found, []);
  });
}
