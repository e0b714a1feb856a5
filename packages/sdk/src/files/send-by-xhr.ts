/** Sends a form as browsers have done it for long: alone so they tell how much of it was sent. */
import { DimError } from 'dimp';
import { PART_NAME, PART_TYPE, type FormAnswer, type FormFile, type SendOptions } from './form-file.ts';
import { answerTooLong, MAX_ANSWER } from './short-text.ts';

/** By XMLHttpRequest. @throws DimError `FILE_TRANSFER`; the signal's reason */
export function sendByXhr(url: string, { data, name }: FormFile, { signal, onSent }: SendOptions): Promise<FormAnswer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    function fail(error: unknown): void {
      signal.removeEventListener('abort', stop);
      reject(error);
    }
    request.upload.addEventListener('progress', ({ loaded }) => onSent(Math.min(loaded, data.size)));
    request.addEventListener('progress', ({ loaded }) => {
      if (loaded <= MAX_ANSWER) return;
      fail(answerTooLong());
      request.abort();
    });
    request.addEventListener('load', () => {
      signal.removeEventListener('abort', stop);
      resolve({ status: request.status, text: request.responseText.slice(0, MAX_ANSWER) });
    });
    request.addEventListener('abort', () => fail(signal.reason));
    request.addEventListener('error', () =>
      fail(new DimError('FILE_TRANSFER', 'the file service cannot be reached from here')),
    );
    signal.addEventListener('abort', stop, { once: true });
    const form = new FormData();
    form.append(PART_NAME, new File([data], name, { type: PART_TYPE }));
    request.open('POST', url);
    request.send(form);
  });
}
