/** Rows between the page and somebody with the peer's client. */
import { randomBytes } from 'node:crypto';
import type { JsonMap } from 'dimp';
import { same } from '../../exchange.ts';
import type { Direction } from '../../run.ts';
import { asText } from '../../values.ts';
import type { DimplesPerson } from '../dimples-person.ts';
import { originOf } from '../dimples-events.ts';
import { PAIR_SCENARIOS, type Pair } from '../pair-scenarios.ts';
import type { PagePerson } from './page-person.ts';

/** Who is in a row: in each direction it is another one of the peer's, so that it is the first time there as well. */
export interface PageMeeting {
  readonly page: PagePerson;
  readonly peer: DimplesPerson;
  readonly words: Pair['words'];
}

/** A row, as far as each side does it. */
export interface PageScenario {
  readonly name: string;
  readonly runs: Partial<Readonly<Record<Direction, (meeting: PageMeeting) => Promise<void>>>>;
}

const pairs: readonly PageScenario[] = PAIR_SCENARIOS.map(({ name, ...scenario }) => ({
  name,
  runs: {
    // The page does not send it: see `text-limits.ts` there.
    ...(name !== 'a text of 100 KB' && {
      'to peer': async ({ page, peer, words }: PageMeeting) => scenario.run({ first: page, second: peer, words }),
    }),
    'from peer': async ({ page, peer, words }) => scenario.run({ first: peer, second: page, words }),
  },
}));

/** A picture of one point. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const more: Readonly<Record<string, PageScenario['runs']>> = {
  /** Nearly the longest that the page sends: a browser makes two frames of it. */
  'a text of 90 KB': {
    'to peer': async ({ page, peer, words }) => {
      const text = words('long '.padEnd(90_000, 'text '));
      await page.text(peer.id, text);
      await peer.reads({ from: page.id, words: text });
    },
  },

  'an answer that quotes': {
    'to peer': async ({ page, peer, words }) => {
      const [text, answer] = [words('What do you say?'), words('I say no')];
      await peer.text(page.id, text);
      await page.reads({ from: peer.id, words: text });
      await page.answers(peer.id, text, answer);
      const { content } = await peer.sees('answer', (seen) => seen.content['text'] === answer);
      same('the kind', asText(content['type']), '55');
      same('who is quoted', asText(originOf(content)['sender']), String(peer.id));
      same('what is quoted', asText(originOf(content)['sn']), peer.numberOf(text));
    },
    'from peer': async ({ page, peer, words }) => {
      const [text, answer] = [words('And you?'), words('I say yes')];
      await page.text(peer.id, text);
      await peer.reads({ from: page.id, words: text });
      await peer.asked('quote', { to: String(page.id), of: text, text: answer });
      await page.readsAnswer(peer.id, text, answer);
    },
  },

  'the name that was chosen': {
    'to peer': async ({ page, peer }) => {
      const { name } = await peer.asked('name', { id: String(page.id) });
      same('the name', asText(name), page.name);
    },
    'from peer': async ({ page, peer }) => page.isToldName(peer.id, peer.name),
  },

  'a picture that is drawn': {
    'from peer': async ({ page, peer, words }) => {
      const filename = fileNamed(words('drawing'), 'png');
      await peer.sendFile(page.id, { filename, data: Buffer.from(PICTURE, 'base64') });
      await page.seesPicture(peer.id, filename);
    },
  },

  'a picture inside of its message': {
    'from peer': async ({ page, peer, words }) => {
      const filename = fileNamed(words('inside'), 'png');
      await say(peer, page, { type: '18', data: PICTURE, filename });
      await page.seesPicture(peer.id, filename);
      const received = await page.receivesFile(peer.id, filename);
      same('the picture', PICTURE, Buffer.from(received).toString('base64'));
    },
  },

  /** As clients did before a file had a key of its own. */
  'a file with the key of its message': {
    'from peer': async ({ page, peer, words }) => {
      const [filename, data] = [fileNamed(words('old'), 'jpeg'), randomBytes(5000)];
      await peer.sendFile(page.id, { filename, data }, 'old-picture');
      const received = await page.receivesFile(peer.id, filename);
      same('the file', data.toString('base64'), Buffer.from(received).toString('base64'));
    },
  },

  'a name card': {
    'from peer': async ({ page, peer }) => {
      await say(peer, page, { type: '51', did: String(page.id), name: 'Somebody else', avatar: '' });
      await page.readsCard(peer.id, page.id);
    },
  },
};

/** All of them, in the order in which they run. */
export const PAGE_SCENARIOS: readonly PageScenario[] = [
  ...pairs,
  ...Object.entries(more).map(([name, runs]) => ({ name, runs })),
];

async function say(peer: DimplesPerson, page: PagePerson, fields: JsonMap): Promise<void> {
  const sn = 1 + (randomBytes(4).readUInt32BE() % (2 ** 31 - 2));
  await peer.asked('content', { to: String(page.id), content: { sn, time: Date.now() / 1000, ...fields } });
}

function fileNamed(words: string, ending: string): string {
  return `${words.replaceAll(/\W/g, '-')}.${ending}`;
}
