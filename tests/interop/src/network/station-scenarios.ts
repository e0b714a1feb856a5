/** More rows: what the station says to a client that asks it, and what becomes of its messages when it is killed. */
import type { JsonMap } from 'dimp';
import { asText } from '../values.ts';
import type { Meeting } from './cast.ts';
import type { NetworkScenario } from './scenarios.ts';

/** No meta of it is anywhere. */
export const NOBODY = '0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1';

const rows: Readonly<Record<string, (meeting: Meeting) => Promise<void>>> = {
  'receipt: it was delivered': async ({ first, second, words }) => {
    const text = words('Are you there?');
    const from = `${String(first.id)} ${String(second.id)}`;
    await first.text(second.id, text);
    await second.reads({ from: first.id, words: text });
    await first.isTold('receipt', (content) => {
      const { sender, receiver } = (content['origin'] ?? {}) as JsonMap;
      return isReceipt('Message delivered.')(content) && `${asText(sender)} ${asText(receiver)}` === from;
    });
  },

  'asked for metas': async ({ first, second }) => {
    const did = String(second.id);
    await first.asks(
      'meta',
      { command: 'meta', did },
      (content) => content['command'] === 'meta' && content['did'] === did && 'meta' in content,
    );
    await first.asks(
      'no meta',
      { command: 'meta', did: NOBODY },
      isReceipt('Meta not found.', 'Meta not found: ${did}.'),
    );
  },

  'asked for documents': async ({ first, second }) => {
    const did = String(second.id);
    const isThere = (content: JsonMap): boolean =>
      content['did'] === did && ('documents' in content || 'document' in content);
    await first.asks('documents', { command: 'documents', did }, isThere);
    const query = { command: 'documents', did: NOBODY };
    await first.asks('no documents', query, isReceipt('Document not found.', 'Document not found: ${did}.'));
  },

  'asked for a name': async ({ first }) => {
    const isKnown = ({ command, records }: JsonMap): boolean =>
      command === 'ans' && (records as JsonMap | undefined)?.['everyone'] === 'everyone@everywhere';
    await first.asks('name', { command: 'ans', names: 'everyone' }, isKnown);
  },

  'asked for a name that is unknown': async ({ first }) => {
    const isTold = ({ command, records, missed }: JsonMap): boolean =>
      command === 'ans' &&
      Array.isArray(missed) &&
      missed.includes('nobody-here') &&
      'everyone' in (records as JsonMap);
    await first.asks('names', { command: 'ans', names: 'everyone nobody-here' }, isTold, 8000);
  },

  'receipt: online': async ({ first }) => {
    const report = { command: 'report', title: 'online' };
    await first.asks('receipt', report, isReceipt('Online received.', 'Online command received: ${did}.'));
  },

  'receipt: login': async ({ first, cast: { station } }) => {
    const where = { did: String(station.id), host: '127.0.0.1', port: station.port };
    const login = { command: 'login', did: String(first.id), agent: 'interop', station: where };
    await first.asks('receipt', login, isReceipt('Login received.', 'Login command received: ${did}.'));
  },

  'asked for what it does not do': async ({ first }) => {
    const template = 'Command (name: ${command}) not support yet!';
    await first.asks('receipt', { command: 'frobnicate' }, isReceipt('Command not support.', template));
    const text = { type: 1, text: 'Good morning, station' };
    await first.asks('receipt', text, isReceipt('Content not support.', 'Content (type: ${type}) not support yet!'));
  },
};

/** Nothing is lost when the station is killed. It takes a while until all clients are there again, so it is the last one. */
const killed: NetworkScenario = {
  name: 'the station is killed meanwhile',
  run: async ({ first, second, third, cast: { station }, words }) => {
    const text = words('The station will be gone, and come again');
    await second.goAway();
    const places = [first, third].map((person) => ({ person, since: person.now }));
    try {
      await first.text(second.id, text);
      await first.isToldStored(text);
      await station.restart();
    } finally {
      await second.comeBack();
    }
    await second.reads({ from: first.id, words: text });
    for (const { person, since } of places) await person.isBack(since);
    const answer = words('Everything is there');
    await second.text(first.id, answer);
    await first.reads({ from: second.id, words: answer });
  },
};

/** Rows in the order in which they run. */
export const STATION_SCENARIOS: readonly NetworkScenario[] = Object.entries(rows).map(([name, run]) => ({ name, run }));

/** Rows behind all others, over one transport. */
export const LAST_SCENARIOS: readonly NetworkScenario[] = [killed];

/** Whether a content is the receipt with a text. */
export function isReceipt(text: string, template?: string): (content: JsonMap) => boolean {
  return (content) =>
    content['command'] === 'receipt' &&
    content['text'] === text &&
    (template === undefined || content['template'] === template);
}
