/** Files whose inputs are single texts: codings, addresses, IDs, transportable data. */
import { NetworkFile, TransportableData } from 'dimp';
import { decodeBase64 } from 'dimp/extend';
import { decodeBase58, decodeBase58Check, decodeHex } from 'dimplugins/coding';
import { dim } from '../dim.ts';
import { parsing, type Suite } from '../suite.ts';

// The types say text; the cases are for callers that have none.
const asText = (input: unknown) => input as string;

export const addresses: Suite = parsing((input) => dim.Address.parse(input));

export const ids: Suite = parsing((input) => dim.ID.parse(input));

export const base58: Suite = parsing((input, { name }) =>
  name.startsWith('check:') ? decodeBase58Check(asText(input)) : decodeBase58(asText(input)),
);

export const base64: Suite = parsing((input) => decodeBase64(asText(input)));

export const hex: Suite = parsing((input) => decodeHex(asText(input)));

export const dataUris: Suite = ({ input, vector }) => {
  const codec = vector.name.startsWith('PNF') ? NetworkFile : TransportableData;
  return [
    {
      name: 'parse',
      run() {
        const parsed = codec.parse(input);
        // Bytes are decoded when they are asked for; what was accepted must decode.
        return { parsed, bytes: parsed instanceof TransportableData ? parsed.bytes : parsed.data?.bytes };
      },
    },
  ];
};
