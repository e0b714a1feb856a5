/** The implementation under test. */
export { dim } from 'runner/dim';
