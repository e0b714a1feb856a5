/** The implementations that exchanges are made with. */
import { prepareJava } from './java-environment.ts';
import type { AdapterName } from './peer-names.ts';
import { preparePython, PYTHON_ADAPTER, type EnvironmentOptions } from './python-environment.ts';
import { startProcess } from './process-side.ts';
import type { Side } from './side.ts';

/** A peer by name. */
export interface Peer {
  readonly name: string;
  /** One line about it. */
  readonly about: string;
  start(): Promise<Side>;
}

/** How to install peers. */
export type PeerOptions = Pick<EnvironmentOptions, 'latest' | 'cache' | 'python'>;

/** All peers that can be installed. Pinned generations stay as they are when the newest versions are asked for. */
export function knownPeers(options: PeerOptions): readonly (Peer & { readonly name: AdapterName })[] {
  const python = <T extends AdapterName>(name: T, about: string, requirements: string, flavor: string) => ({
    name,
    about,
    async start() {
      const latest = options.latest && requirements === 'newest';
      const command = preparePython({ ...options, latest, requirements });
      return startProcess({ command, arguments: [PYTHON_ADAPTER, flavor] });
    },
  });
  return [
    python('python', 'the newest packages, with the client library `dimples`', 'newest', 'dimples'),
    python('python-sdk', 'the newest packages, without it', 'newest', 'sdk'),
    python('python-2.4.3', 'the packages of 2.4.3', '2.4.3', 'sdk'),
    python('python-2.4.1', 'the packages of 2.4.1', '2.4.1', 'sdk'),
    {
      name: 'java',
      about: 'the newest packages that there are algorithms for',
      async start() {
        return startProcess({ command: 'java', arguments: ['-cp', prepareJava(options.cache), 'Adapter'] });
      },
    },
  ];
}

/** A peer that is any program with an adapter's language. */
export function programPeer(line: string): Peer {
  const [command = '', ...args] = line.split(/\s+/);
  return { name: 'program', about: line, start: async () => startProcess({ command, arguments: args }) };
}
