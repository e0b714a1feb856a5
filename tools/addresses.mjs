/** Where the project is found. Both are to be filled in before the first release: nothing answers at an address of `.example`. */

/** The page of the repository, without a slash at the end: files are below `/blob/main/`, folders below `/tree/main/`. */
export const REPOSITORY = 'https://git.example/dim';

/** The site that `npm run site` makes, without a slash at the end. It may be below a path. */
export const SITE = 'https://dim.example';
