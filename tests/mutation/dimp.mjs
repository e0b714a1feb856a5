import { mutate } from './mutate.mjs';

export default mutate('dimp', ['memory/*.ts', 'message-keys/*.ts', 'messaging/*.ts', 'trust/*.ts']);
