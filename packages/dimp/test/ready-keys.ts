/** A platform that has its RSA keys ready: making new ones would take most of the time of a test file. */
import { readFileSync } from 'node:fs';
import { platformBackend, type Backend } from 'dimplugins';
import { decodeBase64 } from '../src/extend.ts';

const { keys } = JSON.parse(readFileSync(new URL('./rsa-keys.json', import.meta.url), 'utf8')) as { keys: string[] };

/** The platform's backend, but each of the first RSA keys of 2048 bits is one of the file. No key is given out twice. */
export const readyKeys: Backend = {
  ...platformBackend,
  rsa: {
    ...platformBackend.rsa,
    generate(bits) {
      const key = bits === 2048 ? keys.shift() : undefined;
      return key === undefined ? platformBackend.rsa.generate(bits) : decodeBase64(key);
    },
  },
};
