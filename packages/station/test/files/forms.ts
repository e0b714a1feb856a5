/** Uploads by hand, as far as they go. */
import { readdirSync } from 'node:fs';
import { ask } from '../web/ask.ts';
import { ID_TEXT, type WebStation } from '../web/web-station.ts';

export const KIB = 1024;

/** What is in the folder. */
export function onDisk({ path }: Pick<WebStation, 'path'>): readonly string[] {
  return readdirSync(path).toSorted();
}

export function pathOf(url: string | undefined): string {
  return new URL(url ?? '').pathname;
}

/** Until something is so; what makes it so goes on by itself. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => void setImmediate(resolve));
}

/** The head of an upload, and the beginning of its form. */
export function head(length: number | 'chunked', extra = ''): string {
  const body = length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  return `POST /upload/${ID_TEXT}/file HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n${body}\r\n${extra}\r\n`;
}

export const PART =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="f.png"\r\nContent-Type: application/octet-stream\r\n\r\n';
export const END = '\r\n--b--\r\n';

export const multipart = { 'content-type': 'multipart/form-data; boundary=b' };

export async function post(station: WebStation, body: string, headers: Readonly<Record<string, string>> = multipart) {
  const { status, text } = await ask(station.url, `/upload/${ID_TEXT}/file`, { method: 'POST', headers, body });
  return { status, ...(JSON.parse(text) as { readonly code: number }) };
}
