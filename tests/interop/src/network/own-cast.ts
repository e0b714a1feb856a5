/** The users of this library, who come anew for each transport: so that they are strangers again. */
import type { User } from 'dimp';
import { tcpTransport, webSocketTransport } from 'dimsdk/node';
import type { Cast, Peers } from './cast.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import type { LivingNetwork } from './living-network.ts';
import { clientDim, OwnPerson } from './own-person.ts';

/** How the client reaches the station. */
export const TRANSPORTS = ['MTP', 'WebSocket'] as const;

export type TransportName = (typeof TRANSPORTS)[number];

/** Lets them come. */
export async function castOf(network: LivingNetwork, peers: Peers, name: TransportName): Promise<Cast> {
  const { station, journal, files, directory } = network;
  const link = network.keep(await CuttingProxy.start(station.port));
  const transport = name === 'MTP' ? tcpTransport() : webSocketTransport();
  const come = async (who: string, user: User, port: number, terminal?: string): Promise<OwnPerson> => {
    const place = { transport, station, port, files, directory, journal };
    const person = network.keep(await OwnPerson.create({ name: who, user, terminal, ...place }));
    await person.comeBack();
    return person;
  };
  const [nora, mia] = [
    await clientDim.createUser({ name: 'Nora' }),
    await clientDim.createUser({ name: 'Mia', terminals: ['phone'] }),
  ];
  const tablet = await withDevice(mia, 'tablet');
  return {
    ...peers,
    station,
    nora: await come('nora', nora, link.port),
    link,
    mia: [
      await come('mia-phone', mia, station.port, 'phone'),
      await come('mia-tablet', tablet, station.port, 'tablet'),
    ],
  };
}

/** One more device of a user: see docs/devices.md. */
async function withDevice(user: User, terminal: string): Promise<User> {
  const key = await clientDim.DecryptKey.generate('RSA');
  const draft = clientDim.Document.create({
    type: 'visa',
    did: user.id.at(terminal),
    properties: { name: 'Mia', key: key.encryptKey },
  });
  const visa = await draft.sign(user.keys.identity);
  return { ...user, visas: [...user.visas, visa], keys: { ...user.keys, decrypt: [{ terminal, key }] } };
}
