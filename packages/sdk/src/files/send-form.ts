/**
 * Sends a file as the one part of a multipart form. The platform writes the form: it reads the file as it sends it, and says
 * beforehand how long it is, which services need to know.
 *
 * | platform | by | memory | progress |
 * |---|---|---|---|
 * | browsers, pages and workers | `XMLHttpRequest` | none of the page's, where the file is a `File` or a Blob on the disk | yes |
 * | Node | `fetch` | none but a few chunks, where the Blob is of a file (`fileSource`, `fileSpool`) | yes |
 * | Deno | `fetch` | the whole file | yes |
 * | Bun, service workers | `fetch` | Bun: the whole file | no |
 *
 * A stream as the body would tell of progress everywhere, but browsers send one over HTTP/2 only, and Firefox and Safari not
 * at all.
 */
import type { Fetch } from '../ports/file-service.ts';
import { PART_NAME, PART_TYPE, type FormAnswer, type FormFile, type SendForm, type SendOptions } from './form-file.ts';
import { sendByXhr } from './send-by-xhr.ts';
import { readShortText } from './short-text.ts';

/** How this platform sends forms. @param fetcher what to send them by, in place of what it would take */
export function formSender(fetcher?: Fetch): SendForm {
  if (fetcher === undefined && typeof XMLHttpRequest === 'function') return sendByXhr;
  return (url, file, options) => sendByFetch(fetcher ?? fetch, url, file, options);
}

async function sendByFetch(
  fetcher: Fetch,
  url: string,
  { data, name }: FormFile,
  { signal, onSent }: SendOptions,
): Promise<FormAnswer> {
  const form = new FormData();
  form.append(PART_NAME, countedFile(data, name, onSent));
  const response = await fetcher(url, {
    method: 'POST',
    body: form,
    signal,
    // What would have to be sent anew elsewhere is kept, all of it, by Node's fetch. Nor should an upload go anywhere else.
    redirect: 'error',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  return { status: response.status, text: await readShortText(response) };
}

/** A file that tells how much of it was read, where the platform reads it as a stream. */
function countedFile(data: Blob, name: string, onSent: (bytes: number) => void): File {
  class CountedFile extends File {
    override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
      let bytes = 0;
      const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          bytes += chunk.length;
          onSent(bytes);
          controller.enqueue(chunk);
        },
      });
      return super.stream().pipeThrough(counter);
    }
  }
  return new CountedFile([data], name, { type: PART_TYPE });
}
