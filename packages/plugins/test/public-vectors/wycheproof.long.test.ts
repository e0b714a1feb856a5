/** Project Wycheproof once more, with the files that take the portable backend seconds. */
/* oxlint-disable import/no-unassigned-import -- importing a test file declares its tests */
import './wycheproof.test.ts';
