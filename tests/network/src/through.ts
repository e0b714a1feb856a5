/** What stands between a client and its connection. */
import type { Connection, Transport } from 'dimsdk';

/** A transport that does something with what is sent. */
export function through(
  transport: Transport,
  send: (connection: Connection, bytes: Uint8Array) => Promise<void>,
): Transport {
  return {
    connect: async (address, options) => {
      const connection = await transport.connect(address, options);
      return new Proxy(connection, {
        get: (target, name) => {
          if (name === 'send') return async (bytes: Uint8Array) => send(target, bytes);
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
        },
      });
    },
  };
}
