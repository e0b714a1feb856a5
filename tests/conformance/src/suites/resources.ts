/** `resources.json`: transportable encoded data, and portable network files. */
import assert from 'node:assert/strict';
import { NetworkFile, TransportableData, type JsonMap } from 'dimp';
import { encodeHex } from 'dimplugins/coding';
import type { Suite } from '../suite.ts';

interface DataCase {
  readonly text: string;
  readonly serialized: string;
  readonly encoding: string;
  readonly data_hex: string;
}

interface FileCase {
  readonly wire: string | JsonMap;
  readonly url: string | null;
  readonly filename: string | null;
  readonly data_hex: string | null;
  readonly key: JsonMap | null;
  readonly serialized: string | JsonMap;
}

export const resources: Suite = (file) => {
  const { data, files } = file as { data: DataCase[]; files: FileCase[] };
  return [
    ...data.map((vector) => ({ name: vector.text, run: () => checkData(vector) })),
    ...files.map((vector, index) => ({ name: `file ${index}`, run: () => checkFile(vector) })),
  ];
};

function checkData(vector: DataCase): void {
  const data = TransportableData.parse(vector.text);
  assert.equal(encodeHex(data.bytes), vector.data_hex);
  assert.equal(data.encoding, vector.encoding);
  assert.equal(data.toString(), vector.serialized);
}

function checkFile(vector: FileCase): void {
  const file = NetworkFile.parse(vector.wire);
  assert.equal(file.url ?? null, vector.url);
  assert.equal(file.filename ?? null, vector.filename);
  assert.equal(file.data === undefined ? null : encodeHex(file.data.bytes), vector.data_hex);
  assert.deepEqual(file.key ?? null, vector.key);
  assert.deepEqual(file.toJSON(), vector.serialized);
}
