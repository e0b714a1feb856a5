/** Text of others, made fit for a terminal. */
export { printable } from 'dimp/internal';
