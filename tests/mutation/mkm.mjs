import { mutate } from './mutate.mjs';

export default mutate('mkm', ['meta/{meta,verified-meta}.ts', 'documents/*.ts', 'keys/verify-signature.ts']);
