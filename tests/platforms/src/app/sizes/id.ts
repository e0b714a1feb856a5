/** What an application that only reads IDs imports. */
export { ID } from 'mkm';
