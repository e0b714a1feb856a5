import { mutate } from './mutate.mjs';

export default mutate('dimp', ['messaging/*.ts', 'trust/*.ts']);
