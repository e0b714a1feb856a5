/** Keys that only encrypt, for tests: the ciphertext is the plaintext under a name. */
import { defineKeyAlgorithm, definePlugin, type DecryptKey, type EncryptKey, type JsonMap } from '../../src/index.ts';
import { textOf } from '../../src/extend.ts';

class BoxKey implements EncryptKey {
  readonly algorithm = 'BOX';
  readonly fields: JsonMap;

  constructor(fields: JsonMap) {
    this.fields = fields;
    textOf(fields, 'data');
  }
  encrypt(plaintext: Uint8Array): Uint8Array {
    return Uint8Array.of(7, ...plaintext);
  }
  toJSON(): JsonMap {
    return this.fields;
  }
}

class OpenKey implements DecryptKey {
  readonly algorithm = 'BOX';
  readonly fields: JsonMap;
  readonly encryptKey: EncryptKey;

  constructor(fields: JsonMap) {
    this.fields = fields;
    this.encryptKey = new BoxKey({ algorithm: 'BOX', data: `public ${textOf(fields, 'data')}` });
  }
  decrypt(ciphertext: Uint8Array): Uint8Array {
    return ciphertext.slice(1);
  }
  toJSON(): JsonMap {
    return this.fields;
  }
}

export const boxes = definePlugin('boxes', [
  defineKeyAlgorithm({
    algorithm: 'BOX',
    encryptKey: { class: BoxKey },
    decryptKey: { class: OpenKey, generate: () => new OpenKey({ algorithm: 'BOX', data: 'new' }) },
  }),
]);
