import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { formSender } from '../../src/files/send-form.ts';
import { bytesOf, errorOf } from './world.ts';

/** As much of a browser's XMLHttpRequest as is used; the test says what happens. */
class FakeRequest extends EventTarget {
  static last: FakeRequest | undefined;
  readonly upload = new EventTarget();
  status = 0;
  responseText = '';
  opened: readonly [method: string, url: string] | undefined;
  form: FormData | undefined;
  isAborted = false;

  constructor() {
    super();
    FakeRequest.last = this;
  }

  open(method: string, url: string): void {
    this.opened = [method, url];
  }

  send(form: FormData): void {
    this.form = form;
  }

  abort(): void {
    this.isAborted = true;
    this.dispatchEvent(new Event('abort'));
  }

  tell(target: EventTarget, loaded: number): void {
    target.dispatchEvent(Object.assign(new Event('progress'), { loaded }));
  }

  answer(status: number, text: string): void {
    this.status = status;
    this.responseText = text;
    this.dispatchEvent(new Event('load'));
  }
}

beforeEach(() => void Object.assign(globalThis, { XMLHttpRequest: FakeRequest }));
afterEach(() => void Reflect.deleteProperty(globalThis, 'XMLHttpRequest'));

const data = new Blob([bytesOf(1000).slice()]);

describe('where there is XMLHttpRequest, it', () => {
  test('sends the form, and tells how much of the file is sent', async () => {
    const { signal } = new AbortController();
    const sent: number[] = [];
    const sending = formSender()(
      'https://example.com/',
      { data, name: 'file.png' },
      { signal, onSent: (bytes) => sent.push(bytes) },
    );
    const request = FakeRequest.last;
    expect(request?.opened).toEqual(['POST', 'https://example.com/']);
    expect([...(request?.form?.keys() ?? [])]).toEqual(['file']);
    const file = request?.form?.get('file') as File;
    expect([file.name, file.type, file.size]).toEqual(['file.png', 'application/octet-stream', 1000]);
    if (request === undefined) throw new Error('nothing was sent');
    request.tell(request.upload, 500);
    request.tell(request.upload, 1190);
    request.answer(200, '{"code":200}');
    expect(await sending).toEqual({ status: 200, text: '{"code":200}' });
    expect(sent).toEqual([500, 1000]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('ends with the signal', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const sending = formSender()('https://example.com/', { data, name: 'a' }, { signal, onSent: () => undefined });
    const reason = new Error('no');
    controller.abort(reason);
    await expect(sending).rejects.toBe(reason);
    expect(FakeRequest.last?.isAborted).toBe(true);
    FakeRequest.last = undefined;
    const late = formSender()('https://example.com/', { data, name: 'a' }, { signal, onSent: () => undefined });
    await expect(late).rejects.toBe(reason);
    expect(FakeRequest.last).toBeUndefined();
  });

  test('fails where the network does, or where the answer does not end', async () => {
    const { signal } = new AbortController();
    const options = { signal, onSent: () => undefined };
    const unreachable = formSender()('https://example.com/', { data, name: 'a' }, options);
    FakeRequest.last?.dispatchEvent(new Event('error'));
    expect((await errorOf(() => unreachable)).code).toBe('FILE_TRANSFER');
    const endless = formSender()('https://example.com/', { data, name: 'a' }, options);
    const request = FakeRequest.last;
    request?.tell(request, 65_536);
    expect(request?.isAborted).toBe(false);
    request?.tell(request, 65_537);
    expect(request?.isAborted).toBe(true);
    expect((await errorOf(() => endless)).message).toMatch('the answer is longer');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('is not asked where the application brings a fetch of its own', async () => {
    FakeRequest.last = undefined;
    const send = formSender(() => Promise.resolve(new Response('x', { status: 201 })));
    const options = { signal: new AbortController().signal, onSent: () => undefined };
    expect(await send('https://example.com/', { data, name: 'a' }, options)).toEqual({ status: 201, text: 'x' });
    expect(FakeRequest.last).toBeUndefined();
  });
});
