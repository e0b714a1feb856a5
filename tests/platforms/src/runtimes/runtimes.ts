/** The runtimes that are tested. Each is a package of the npm registry. */
import { CACHE } from '../paths.ts';
import { installOnce } from '../tarballs/install.ts';

/** A runtime, and how it runs a program. */
export interface Runtime {
  readonly name: string;
  /** The package, with its exact version. */
  readonly specifier: string;
  readonly program: string;
  /** What stands before the path of the program to run. */
  readonly parameters: readonly string[];
  /** What stands there beside it where a program writes to the folder in which it runs. */
  readonly toWrite: readonly string[];
  /** The backend that is chosen here: native wherever it passes all tests. */
  readonly backend: 'native' | 'portable';
  /** Whether it has WebSockets of its own. */
  readonly hasWebSocket: boolean;
}

export const RUNTIMES: readonly Runtime[] = [
  node('Node 20', 'node@20.20.2', { hasWebSocket: false }),
  node('Node 22', 'node@22.23.3'),
  node('Node 24', 'node@24.21.0'),
  // The packages are those in node_modules, which npm has installed.
  {
    name: 'Deno 2',
    specifier: 'deno@2.9.6',
    program: 'deno',
    parameters: [
      'run',
      '--quiet',
      '--no-lock',
      '--node-modules-dir=manual',
      '--allow-read',
      '--allow-env',
      '--allow-net=127.0.0.1',
    ],
    toWrite: ['--allow-write=.', '--allow-sys', '--allow-ffi'],
    // Its node:crypto refuses ECDSA signatures with a high S, which others write.
    backend: 'portable',
    hasWebSocket: true,
  },
  // Its node:crypto has no secp256k1.
  {
    name: 'Bun 1',
    specifier: 'bun@1.4.5',
    program: 'bun',
    parameters: [],
    toWrite: [],
    backend: 'portable',
    hasWebSocket: true,
  },
];

function node(name: string, specifier: string, { hasWebSocket = true } = {}): Runtime {
  return { name, specifier, program: 'node', parameters: [], toWrite: [], backend: 'native', hasWebSocket };
}

/** Installs a runtime, unless it is there. Gives the path of its program. */
export async function installRuntime({ specifier, program }: Runtime): Promise<string> {
  const folder = `${CACHE}/runtimes/${specifier}`;
  await installOnce(folder, [specifier]);
  return `${folder}/node_modules/.bin/${program}`;
}
