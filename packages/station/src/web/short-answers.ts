/** Answers that are a line of text, or a little JSON. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { JsonMap } from 'dimp';
import { NO_PAGE_POLICY, SAFE_HEADERS } from './page-headers.ts';

/** How an answer is given. */
export interface AnswerOptions {
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
}

export function giveText(response: ServerResponse, text: string, options: AnswerOptions): void {
  give(response, 'text/plain; charset=utf-8', text, options);
}

export function giveJson(response: ServerResponse, json: JsonMap, options: AnswerOptions = {}): void {
  give(response, 'application/json', `${JSON.stringify(json)}\n`, options);
}

/** Nothing but headers. */
export function giveNothing(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  response.writeHead(204, { ...SAFE_HEADERS, ...headers });
  response.end();
}

function give(response: ServerResponse, type: string, text: string, { status = 200, headers }: AnswerOptions): void {
  // Whoever asked may be gone. To HEAD, the system writes no more than the headers.
  if (response.destroyed) return;
  response.writeHead(status, {
    ...SAFE_HEADERS,
    'Content-Security-Policy': NO_PAGE_POLICY,
    'Cache-Control': 'no-cache',
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
