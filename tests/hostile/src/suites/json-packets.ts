/** `json-packets.json`: bytes from the network. */
import { dim } from '../dim.ts';
import { parsing, type Suite } from '../suite.ts';

// The type says bytes, and so do all cases.
export const jsonPackets: Suite = parsing((input) => dim.ReliableMessage.decode(input as Uint8Array));
