/** The fields of each kind of content: what else is in one, no reader here knows. */

/** Of every content. */
const OF_ALL = ['type', 'sn', 'time', 'group'];

/** By the kind of a content, for those of this package. */
const OWN: Readonly<Record<string, readonly string[]>> = /* @__PURE__ */ ownFields();

function ownFields(): Readonly<Record<string, readonly string[]>> {
  const ofCommands = ['command', 'cmd'];
  const ofFiles = ['data', 'filename', 'URL', 'key', 'password', 'IV'];
  const ofModules = ['app', 'mod', 'act'];
  const ofGroupCommands = [...ofCommands, 'member', 'members'];
  const ofStaff = ['administrators', 'assistants'];
  const ofIdentities = ['did', 'ID'];
  const ofDocuments = ['meta', 'documents', 'document', 'profile', 'signature', 'last_time'];
  // In the shapes of all years.
  const ofReceipts = [
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
  return {
    text: ['text'],
    file: ofFiles,
    image: [...ofFiles, 'thumbnail'],
    audio: [...ofFiles, 'text'],
    video: [...ofFiles, 'snapshot'],
    page: ['URL', 'HTML', 'html', 'title', 'desc', 'icon', 'mime_type', 'encoding', 'base'],
    'name-card': [...ofIdentities, 'name', 'avatar'],
    quote: ['text', 'origin'],
    money: ['currency', 'amount'],
    transfer: ['currency', 'amount', 'remitter', 'remittee'],
    array: ['contents'],
    'combine-forward': ['title', 'messages'],
    forward: ['forward', 'secrets'],
    'group-history': [...ofModules, 'last_time'],
    'group-keys': [...ofModules, 'from', 'to', 'keys', 'digest'],
    meta: [...ofCommands, ...ofIdentities, 'meta'],
    documents: [...ofCommands, ...ofIdentities, ...ofDocuments],
    receipt: [...ofCommands, ...ofReceipts],
    register: [...ofCommands, ...ofIdentities],
    suicide: [...ofCommands, ...ofIdentities],
    invite: ofGroupCommands,
    expel: ofGroupCommands,
    join: ofGroupCommands,
    quit: ofGroupCommands,
    reset: ofGroupCommands,
    found: ofGroupCommands,
    abdicate: ofGroupCommands,
    resign: ofGroupCommands,
    hire: [...ofGroupCommands, ...ofStaff],
    fire: [...ofGroupCommands, ...ofStaff],
    'group-query': [...ofGroupCommands, 'last_time'],
    handshake: [...ofCommands, 'title', 'message', 'session', 'station', 'payload_bytes'],
    login: [...ofCommands, ...ofIdentities, 'device', 'agent', 'station', 'provider'],
    report: [...ofCommands, 'title'],
    ans: [...ofCommands, 'names', 'records'],
    mute: [...ofCommands, 'list'],
    block: [...ofCommands, 'list'],
    search: [...ofCommands, 'keywords', 'start', 'limit', 'station', 'users', 'results'],
    storage: [...ofCommands, ...ofIdentities, 'title', 'data', 'key'],
    push: [...ofCommands, 'items'],
  };
}

/** The fields of a kind; undefined where only a plugin, or nobody, could say. */
export function fieldsOfKind(kind: string): ReadonlySet<string> | undefined {
  const own = Object.hasOwn(OWN, kind) ? OWN[kind] : undefined;
  return own === undefined ? undefined : new Set([...OF_ALL, ...own]);
}
