/** The version in package.json, written in by every build. */
declare const __TILEWISE_VERSION__: string;
/** The short hash of the commit that was built, or "unknown" outside git. */
declare const __TILEWISE_COMMIT__: string;
/** Where the files that the site ships lie, with a slash at its end: for the command line and tests. */
declare const __TILEWISE_PUBLIC__: string;
