// Vite plugin of the build: zod without its writer of JSON Schema, which only the server's OpenAPI uses, and without its sentences in English, which no
// screen shows (a refusal is a code). Every schema carries a reference to both, so no bundler can leave them out by itself: 22 KB of code, three
// times on a phone with a till and a card.
const SCHEMAS = /\/zod\/v4\/classic\/schemas\.js$/
const IMPORT = /^import \{ createStandardJSONSchemaMethod, createToJSONSchemaMethod \} from .*$/m
const LOCALE = /^import en from .*$/m
const PROCESSOR = /^\s*inst\._zod\.processJSONSchema = .*;$/gm
const ABSENT = `const createStandardJSONSchemaMethod = () => () => { throw new Error('the browser writes no JSON Schema') }
const createToJSONSchemaMethod = createStandardJSONSchemaMethod`
const MUTE = `const en = () => ({ localeError: () => 'Invalid input' })`

/** @returns {import('vite').Plugin} */
export function zodPlugin() {
  return {
    name: 'anunciaya-zod',
    apply: 'build',
    transform: {
      filter: { id: SCHEMAS },
      handler(code) {
        if (!IMPORT.test(code) || !LOCALE.test(code) || code.search(PROCESSOR) < 0)
          this.error('zod is written in another way now: see scripts/lib/zod-plugin.mjs')
        return { code: code.replace(IMPORT, ABSENT).replace(LOCALE, MUTE).replaceAll(PROCESSOR, ''), map: null }
      },
    },
  }
}
