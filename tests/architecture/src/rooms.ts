/**
 * The rooms of each package and application, from the cellar up: a file may import from its own room and from those before it. The files
 * beside the rooms are the doors, on top of all.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'packages/mkm': [
    'errors',
    'backend',
    'wire',
    'extension',
    'digests',
    'identity',
    'writing',
    'keys',
    'meta',
    'documents',
    'context',
  ],
  'packages/dkd': ['backend', 'packing', 'contents', 'messages', 'extension', 'context', 'operations', 'replay'],
  'packages/dimp': [
    'fields',
    'contents',
    'commands',
    'groups',
    'files',
    'wire-shapes',
    'memory',
    'trust',
    'message-keys',
    'messaging',
    'accounts',
    'context',
    'explain',
  ],
  'packages/plugins': [
    'backend',
    'coding',
    'digests',
    'backend/portable',
    'backend/native',
    'keys',
    'addresses',
    'metas',
  ],
  'packages/sdk': [
    'usage',
    'ports',
    'store',
    'device',
    'identity',
    'transport',
    'files',
    'session',
    'directory',
    'contacts',
    'conversations',
    'outbox',
    'groups',
    'inbox',
    'client',
    'node',
    'browser',
  ],
  'packages/station': [
    'ports',
    'engine',
    'sqlite',
    'link',
    'listener',
    'directory',
    'messages',
    'offline',
    'sessions',
    'answers',
    'routing',
    'bridge',
    'station',
    'push',
    'assistant',
    'operation',
  ],
  'packages/testkit': [
    'report',
    'input',
    'keys',
    'addresses',
    'metas',
    'documents',
    'contents',
    'store',
    'client-store',
    'engine',
    'connection',
    'network',
  ],
  'apps/cli': [
    'text',
    'command',
    'input',
    'home',
    'keys',
    'identity',
    'station',
    'messages',
    'contacts',
    'groups',
    'files',
    'chat',
    'explain',
    'doctor',
    'commands',
  ],
};

/** An import that goes up all the same, and why. */
export interface Exception {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** Types alone: nothing is loaded by them. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    from: 'packages/mkm/src/errors/missing.ts',
    to: 'packages/mkm/src/identity/identifier.ts',
    why: 'an error says whose meta or visa is missing, and reading an ID throws such errors',
  },
];
