import { readFileSync } from 'node:fs'

/** The release that runs, from package.json: `0.1.0`. */
export const VERSION_DEL_SERVIDOR: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
