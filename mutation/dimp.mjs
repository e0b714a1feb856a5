import { mutate } from './mutate.mjs';

export default mutate('dimp', ['messaging/{acquaintance,memory-store,messenger,newest-documents}.ts'], ['messaging']);
