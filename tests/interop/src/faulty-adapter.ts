/** This library as a peer that is wrong in one way: the first argument says which. For the tests. */
import { stringifyJson, type JsonMap } from 'dimp';
import { changeFields, parseJsonMap } from 'dimp/extend';
import { createOwnSide } from './own/own-side.ts';
import { serve } from './serve.ts';
import { Refusal, type Side } from './side.ts';
import { text } from './values.ts';

const own = createOwnSide();

async function after(operation: string, parameters: JsonMap, change: (answer: JsonMap) => JsonMap): Promise<JsonMap> {
  return change(await own.request(operation, parameters));
}

/** A text content with another text. */
function otherText(json: string): string {
  return stringifyJson(changeFields(parseJsonMap(json), { text: 'something else' }));
}

const FAULTS: Readonly<Record<string, Side['request']>> = {
  async 'reads another text'(operation, parameters = {}) {
    if (operation !== 'unpack') return own.request(operation, parameters);
    return after(operation, parameters, (answer) => ({ ...answer, content: otherText(text(answer, 'content')) }));
  },
  async 'loses a field'(operation, parameters = {}) {
    if (operation !== 'unpack') return own.request(operation, parameters);
    return after(operation, parameters, (answer) => {
      const fields = changeFields(parseJsonMap(text(answer, 'content')), { x: undefined });
      return { ...answer, content: stringifyJson(fields) };
    });
  },
  async 'says another value'(operation, parameters = {}) {
    if (operation !== 'unpack') return own.request(operation, parameters);
    return after(operation, parameters, (answer) => ({
      ...answer,
      values: changeFields(answer['values'] as JsonMap, { text: 'something else' }),
    }));
  },
  async 'names another sender'(operation, parameters = {}) {
    if (operation !== 'unpack') return own.request(operation, parameters);
    return after(operation, parameters, (answer) => ({ ...answer, sender: 'anyone@anywhere' }));
  },
  async 'writes another text'(operation, parameters = {}) {
    if (operation !== 'pack') return own.request(operation, parameters);
    return after(operation, parameters, (answer) => ({ ...answer, content: otherText(text(answer, 'content')) }));
  },
  async 'computes other IDs'(operation, parameters = {}) {
    if (operation !== 'read-meta') return own.request(operation, parameters);
    return after(operation, parameters, (answer) => ({ ...answer, ids: ['anyone@anywhere'] }));
  },
  async 'refuses everything'(operation, parameters = {}) {
    if (operation === 'hello') return own.request(operation, parameters);
    throw new Refusal('no');
  },
  async 'tampers with nothing'(operation, parameters = {}) {
    if (operation === 'tamper') return { map: parameters['map'] ?? '' };
    return own.request(operation, parameters);
  },
  async hangs(operation, parameters = {}) {
    if (operation === 'hello') return own.request(operation, parameters);
    return new Promise(() => setInterval(() => {}, 1000));
  },
  async ends(operation, parameters = {}) {
    if (operation !== 'hello') process.exit(3);
    return own.request(operation, parameters);
  },
  async 'talks at random'(operation, parameters = {}) {
    if (operation !== 'hello') console.log('no JSON');
    return own.request(operation, parameters);
  },
  'says nothing of itself': async () => ({}),
};

const request = FAULTS[process.argv.slice(2).join(' ')];
if (request === undefined) throw new TypeError('no such fault');
await serve({ request });
