import { mutate } from './mutate.mjs';

export default mutate('mkm', ['meta/meta.ts', 'documents/*.ts']);
