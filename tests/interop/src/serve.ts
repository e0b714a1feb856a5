/** A side as a program: JSON lines in, JSON lines out. */
import { createInterface } from 'node:readline';
import { type JsonMap, type JsonValue } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { Unsupported, type Side } from './side.ts';
import { asText } from './values.ts';

/** Answers until the input ends. */
export async function serve(side: Pick<Side, 'request'>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const request = JSON.parse(line) as JsonValue;
    if (!isJsonMap(request)) throw new TypeError('a request is a map');
    console.log(JSON.stringify({ n: request['n'], ...(await answer(side, request)) }));
  }
}

async function answer(side: Pick<Side, 'request'>, request: JsonMap): Promise<JsonMap> {
  try {
    return { ok: true, ...(await side.request(asText(request['op']), request)) };
  } catch (error) {
    return {
      ok: false,
      reason: error instanceof Error ? error.message : 'no reason',
      ...(error instanceof Unsupported && { unsupported: true }),
    };
  }
}
