/** RSA decryption on other threads: the same answers, whatever becomes of the threads. */
import { constants, createPrivateKey, generateKeyPairSync, privateDecrypt, publicEncrypt } from 'node:crypto';
import { once } from 'node:events';
import v8 from 'node:v8';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createThreadedBackend, nativeBackend, threadedBackend } from '../../src/native.ts';
import { SharedKey, startWorker } from '../../src/backend/native/decrypting-thread.ts';
import { DecryptingThreads } from '../../src/backend/native/decrypting-threads.ts';
import { threadedOver } from '../../src/backend/native/threaded.ts';
import { toHex, utf8 } from '../fixtures.ts';
import { subjectOf } from '../public-vectors/backends.ts';

const { RSA_NO_PADDING } = constants;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ciphertexts = Array.from(
  { length: 40 },
  (_, index) => new Uint8Array(publicEncrypt(publicKey, utf8(`${index}`))),
);
const plaintexts = ciphertexts.map((ciphertext) =>
  toHex(privateDecrypt({ key: privateKey, padding: RSA_NO_PADDING }, ciphertext)),
);

/** Threads, and the workers that they have started. */
class Started {
  readonly workers: Worker[] = [];
  readonly key = new SharedKey(privateKey);
  readonly threads: DecryptingThreads;
  #later: (() => void)[] = [];

  constructor(max: number, start = startWorker) {
    this.threads = new DecryptingThreads(max, {
      start: () => {
        const worker = start();
        this.workers.push(worker);
        return worker;
      },
      after: (_milliseconds, action) => void this.#later.push(action),
    });
  }

  decrypt(ciphertext: Uint8Array): Uint8Array | Promise<Uint8Array> {
    return this.threads.decrypt(this.key, RSA_NO_PADDING, ciphertext);
  }

  async decryptAll(): Promise<readonly string[]> {
    const all = await Promise.all(ciphertexts.map(async (ciphertext) => this.decrypt(ciphertext)));
    return all.map(toHex);
  }

  /** Until a first thread takes work. */
  async begin(): Promise<void> {
    await this.decrypt(ciphertexts[0] as Uint8Array);
    await once(this.workers[0] as Worker, 'message');
  }

  passIdleTime(): void {
    const actions = this.#later;
    this.#later = [];
    for (const action of actions) action();
  }
}

describe('many at a time', () => {
  test('until a thread has started it is done here, and then on as many as are needed', async () => {
    const started = new Started(2);
    expect(started.decrypt(ciphertexts[0] as Uint8Array)).toBeInstanceOf(Uint8Array);
    await once(started.workers[0] as Worker, 'message');
    expect(started.decrypt(ciphertexts[0] as Uint8Array)).toBeInstanceOf(Promise);
    expect(started.workers).toHaveLength(1);
    expect(await started.decryptAll()).toEqual(plaintexts);
    expect(await started.decryptAll()).toEqual(plaintexts);
    expect(started.workers).toHaveLength(2);
    await started.threads.close();
  });

  test('a failure is that of one alone', async () => {
    const started = new Started(1);
    await started.begin();
    const wrong = new Uint8Array(256).fill(0xff);
    const here = (): Uint8Array => privateDecrypt({ key: privateKey, padding: RSA_NO_PADDING }, wrong);
    const inputs = [ciphertexts[1] as Uint8Array, wrong, ciphertexts[2] as Uint8Array];
    const [one, failed, other] = await Promise.allSettled(inputs.map(async (input) => started.decrypt(input)));
    expect([one?.status, other?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(failed).toMatchObject({ status: 'rejected', reason: { message: messageOf(here) } });
    await started.threads.close();
  });

  test('a part of larger memory goes alone, and what comes has memory of its own', async () => {
    const started = new Started(1);
    await started.begin();
    const memory = new Uint8Array(1_000_000);
    memory.set(ciphertexts[3] as Uint8Array, 1000);
    const bytes = await started.decrypt(memory.subarray(1000, 1256));
    expect(toHex(bytes)).toBe(plaintexts[3]);
    expect(bytes.buffer.byteLength).toBe(256);
    await started.threads.close();
  });
});

describe('the end of threads', () => {
  test('closing ends what was begun first, and keys go on to work', async () => {
    const started = new Started(2);
    await started.begin();
    const all = started.decryptAll();
    const ended = once(started.workers[0] as Worker, 'exit');
    await started.threads.close();
    expect(await all).toEqual(plaintexts);
    await ended;
    const { length } = started.workers;
    expect(await started.decryptAll()).toEqual(plaintexts);
    expect(started.workers).toHaveLength(length);
    await started.threads.close();
  });

  test('what a killed thread had is done all the same, and another one starts', async () => {
    const started = new Started(1);
    await started.begin();
    const all = started.decryptAll();
    await started.workers[0]?.terminate();
    expect(await all).toEqual(plaintexts);
    expect(started.workers.length).toBeGreaterThan(0);
    expect(await started.decryptAll()).toEqual(plaintexts);
    expect(started.workers).toHaveLength(2);
    await started.threads.close();
  });

  test('closing ends though more is asked all the while', async () => {
    const started = new Started(2);
    await started.begin();
    const closing = new AbortController();
    let answers = 0;
    const asking = Array.from({ length: 50 }, async (_, index) => {
      while (!closing.signal.aborted) {
        await started.decrypt(ciphertexts[index % ciphertexts.length] as Uint8Array);
        answers++;
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    await started.threads.close();
    closing.abort();
    await Promise.all(asking);
    expect(answers).toBeGreaterThanOrEqual(50);
  });

  test('closing waits for what a killed thread had', async () => {
    const started = new Started(1);
    await started.begin();
    const all = started.decryptAll();
    const closed = started.threads.close();
    await started.workers[0]?.terminate();
    await closed;
    expect(await all).toEqual(plaintexts);
  });

  test('where it had much, that is done here with everything else in between', async () => {
    const silent = `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', () => undefined);
      parentPort.postMessage({});`;
    const started = new Started(1, () => new Worker(silent, { eval: true }));
    await started.begin();
    const order: string[] = [];
    const all = ciphertexts.map(async (ciphertext) => {
      await started.decrypt(ciphertext);
      order.push('decrypted');
    });
    const closed = started.threads.close();
    await started.workers[0]?.terminate();
    const other = (): void => {
      order.push('other');
      if (order.filter((event) => event === 'decrypted').length < all.length) setImmediate(other);
    };
    other();
    await Promise.all(all);
    await closed;
    expect(order.some((event, index) => event === 'decrypted' && order[index - 1] === event)).toBe(false);
  });

  test('those with nothing to do end after some time, and start anew', async () => {
    const started = new Started(1);
    await started.begin();
    const [worker] = started.workers;
    const ended = once(worker as Worker, 'exit');
    // Something was done since the time began.
    await started.decryptAll();
    started.passIdleTime();
    expect(await started.decryptAll()).toEqual(plaintexts);
    started.passIdleTime();
    started.passIdleTime();
    await ended;
    await started.decrypt(ciphertexts[0] as Uint8Array);
    expect(started.workers).toHaveLength(2);
    await started.threads.close();
  });
});

describe('a platform without threads', () => {
  test('that says so is asked once', async () => {
    let asked = 0;
    const started = new Started(2, () => {
      asked++;
      throw new Error('no threads');
    });
    expect(await started.decryptAll()).toEqual(plaintexts);
    expect(asked).toBe(1);
  });

  test('where each ends at once is asked three times', async () => {
    const started = new Started(2, () => {
      const worker = startWorker();
      void worker.terminate();
      return worker;
    });
    for (let attempt = 0; attempt < 5; attempt++) {
      const before = started.workers.length;
      expect(await started.decryptAll()).toEqual(plaintexts);
      const worker = started.workers[before];
      if (worker !== undefined) await once(worker, 'exit');
    }
    expect(started.workers).toHaveLength(3);
  });
});

describe('keys of a threaded backend', () => {
  const started = new Started(2);
  const threaded = subjectOf({ ...threadedOver(() => started.threads), name: 'threaded' });
  const native = subjectOf(nativeBackend);
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' });
  const fields = { algorithm: 'RSA', data: pem };

  beforeAll(async () => {
    await threaded.DecryptKey.parse(fields).decrypt(ciphertexts[0] as Uint8Array);
    await once(started.workers[0] as Worker, 'message');
  });

  test('decrypt as others do: what is right, and what has a wrong padding', async () => {
    const wrong = Array.from({ length: 8 }, (_, index) => {
      const bytes = new Uint8Array(256).fill(index);
      bytes[0] = 0;
      return bytes;
    });
    const [key, other] = [threaded.DecryptKey.parse(fields), native.DecryptKey.parse(fields)];
    const inputs = [...ciphertexts, ...wrong];
    const expected = await Promise.all(inputs.map(async (bytes) => other.decrypt(bytes)));
    expect((await Promise.all(inputs.map(async (bytes) => key.decrypt(bytes)))).map(toHex)).toEqual(
      expected.map(toHex),
    );
    const sizeless = key.decrypt(new Uint8Array(3));
    await expect(sizeless).rejects.toMatchObject({ code: 'CRYPTO_DECRYPT' });
    expect(await threaded.PrivateKey.parse(fields).sign(utf8('x'))).toEqual(
      await native.PrivateKey.parse(fields).sign(utf8('x')),
    );
  });

  test('one that is gone is forgotten by the threads', async () => {
    const told: object[] = [];
    for (const worker of started.workers) {
      const post = worker.postMessage.bind(worker);
      worker.postMessage = (message: object, ...more) => {
        told.push(message);
        post(message, ...more);
      };
    }
    const use = async (): Promise<void> => {
      const key = threaded.DecryptKey.parse({ ...fields });
      await Promise.all(ciphertexts.map(async (bytes) => key.decrypt(bytes)));
    };
    await use();
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as () => void;
    const isForgotten = (): boolean => told.some((message) => 'forget' in message);
    for (let turn = 0; turn < 1000 && !isForgotten(); turn++) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(isForgotten()).toBe(true);
    await started.threads.close();
  });

  test('short ones stay on this thread: the way to another one takes longer', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const none = new Started(2);
    const { DecryptKey } = subjectOf({ ...threadedOver(() => none.threads), name: 'threaded' });
    const data = short.privateKey.export({ type: 'pkcs1', format: 'pem' });
    const ciphertext = new Uint8Array(publicEncrypt(createPrivateKey(data), utf8('x')));
    await DecryptKey.parse({ algorithm: 'RSA', data }).decrypt(ciphertext);
    expect(none.workers).toHaveLength(0);
  });
});

describe('a backend of one’s own', () => {
  test('is closed, though it never did anything', async () => {
    const backend = createThreadedBackend({ threads: 1 });
    await backend.close();
    await backend.close();
    expect(backend.name).toBe(threadedBackend.name);
  });

  test.each([0, -1, 1.5, NaN, Infinity, '2' as unknown as number])('has no %p threads', (threads) => {
    const [code, path] = ['USAGE_ARGUMENT', 'threads'];
    expect(() => createThreadedBackend({ threads })).toThrow(expect.objectContaining({ code, path }));
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
    return 'no error';
  } catch (error) {
    return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)
      ? String(error.message)
      : String(error);
  }
}
