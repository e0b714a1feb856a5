/** Reads multipart forms as strictly as a service may. */

/** A part of a form. */
export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Buffer;
}

/** @throws Error for what is no form, byte for byte */
export function parseMultipart(contentType: string | undefined, body: Buffer): readonly Part[] {
  const [, boundary] = /^multipart\/form-data; ?boundary="?([^"]+)"?$/.exec(contentType ?? '') ?? [];
  if (boundary === undefined) throw new Error(`no form: ${contentType}`);
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = expectAt(body, 0, delimiter);
  while (body.subarray(at, at + 2).toString() !== '--') {
    at = expectAt(body, at, Buffer.from('\r\n'));
    const headEnd = find(body, Buffer.from('\r\n\r\n'), at);
    const dataStart = headEnd + 4;
    const dataEnd = find(body, Buffer.concat([Buffer.from('\r\n'), delimiter]), dataStart);
    parts.push({
      headers: readHeaders(body.subarray(at, headEnd).toString()),
      data: body.subarray(dataStart, dataEnd),
    });
    at = dataEnd + 2 + delimiter.length;
  }
  const end = body.subarray(at + 2).toString();
  if (end !== '' && end !== '\r\n') throw new Error('bytes behind the form');
  return parts;
}

function expectAt(body: Buffer, at: number, what: Buffer): number {
  if (!body.subarray(at, at + what.length).equals(what)) throw new Error(`no delimiter at ${at}`);
  return at + what.length;
}

function find(body: Buffer, what: Buffer, from: number): number {
  const at = body.indexOf(what, from);
  if (at < 0) throw new Error('a part without an end');
  return at;
}

function readHeaders(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
