/** The fields of each kind of content: what else is in one, no reader here knows. */

/** Of every content, and of every command. */
const OF_ALL = ['type', 'sn', 'time', 'group'];
const OF_COMMANDS = ['command', 'cmd'];
const OF_FILES = ['data', 'filename', 'URL', 'key', 'password', 'IV'];
const OF_MODULES = ['app', 'mod', 'act'];
const OF_GROUP_COMMANDS = [...OF_COMMANDS, 'member', 'members'];
const OF_STAFF = ['administrators', 'assistants'];
const OF_IDENTITIES = ['did', 'ID'];
const OF_DOCUMENTS = ['meta', 'documents', 'document', 'profile', 'signature', 'last_time'];
/** In the shapes of all years. */
const OF_RECEIPTS = [
  'text',
  'message',
  'origin',
  'envelope',
  'sender',
  'receiver',
  'signature',
  'template',
  'replacements',
];

/** By the kind of a content, for those of this package. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  text: ['text'],
  file: OF_FILES,
  image: [...OF_FILES, 'thumbnail'],
  audio: [...OF_FILES, 'text'],
  video: [...OF_FILES, 'snapshot'],
  page: ['URL', 'HTML', 'html', 'title', 'desc', 'icon', 'mime_type', 'encoding', 'base'],
  'name-card': [...OF_IDENTITIES, 'name', 'avatar'],
  quote: ['text', 'origin'],
  money: ['currency', 'amount'],
  transfer: ['currency', 'amount', 'remitter', 'remittee'],
  array: ['contents'],
  'combine-forward': ['title', 'messages'],
  forward: ['forward', 'secrets'],
  'group-history': [...OF_MODULES, 'last_time'],
  'group-keys': [...OF_MODULES, 'from', 'to', 'keys', 'digest'],
  meta: [...OF_COMMANDS, ...OF_IDENTITIES, 'meta'],
  documents: [...OF_COMMANDS, ...OF_IDENTITIES, ...OF_DOCUMENTS],
  receipt: [...OF_COMMANDS, ...OF_RECEIPTS],
  register: [...OF_COMMANDS, ...OF_IDENTITIES],
  suicide: [...OF_COMMANDS, ...OF_IDENTITIES],
  invite: OF_GROUP_COMMANDS,
  expel: OF_GROUP_COMMANDS,
  join: OF_GROUP_COMMANDS,
  quit: OF_GROUP_COMMANDS,
  reset: OF_GROUP_COMMANDS,
  found: OF_GROUP_COMMANDS,
  abdicate: OF_GROUP_COMMANDS,
  resign: OF_GROUP_COMMANDS,
  hire: [...OF_GROUP_COMMANDS, ...OF_STAFF],
  fire: [...OF_GROUP_COMMANDS, ...OF_STAFF],
  'group-query': [...OF_GROUP_COMMANDS, 'last_time'],
  handshake: [...OF_COMMANDS, 'title', 'message', 'session', 'station', 'payload_bytes'],
  login: [...OF_COMMANDS, ...OF_IDENTITIES, 'device', 'agent', 'station', 'provider'],
  report: [...OF_COMMANDS, 'title'],
  ans: [...OF_COMMANDS, 'names', 'records'],
  mute: [...OF_COMMANDS, 'list'],
  block: [...OF_COMMANDS, 'list'],
  search: [...OF_COMMANDS, 'keywords', 'start', 'limit', 'station', 'users', 'results'],
  storage: [...OF_COMMANDS, ...OF_IDENTITIES, 'title', 'data', 'key'],
  push: [...OF_COMMANDS, 'items'],
};

/** The fields of a kind; undefined where only a plugin, or nobody, could say. */
export function fieldsOfKind(kind: string): ReadonlySet<string> | undefined {
  const own = Object.hasOwn(OWN, kind) ? OWN[kind] : undefined;
  return own === undefined ? undefined : new Set([...OF_ALL, ...own]);
}
