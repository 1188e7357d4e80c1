/** The version in package.json, written in by every build. */
declare const __TILEWISE_VERSION__: string;
/** The short hash of the commit that was built, or "unknown" outside git. */
declare const __TILEWISE_COMMIT__: string;
