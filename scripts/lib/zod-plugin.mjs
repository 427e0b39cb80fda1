// Vite plugin of the build: zod without its writer of JSON Schema, which only the server's OpenAPI uses. Every schema carries a reference to it, so
// no bundler can leave it out by itself: 19 KB of code, three times on a phone with a till and a card.
const SCHEMAS = /\/zod\/v4\/classic\/schemas\.js$/
const IMPORT = /^import \{ createStandardJSONSchemaMethod, createToJSONSchemaMethod \} from .*$/m
const PROCESSOR = /^\s*inst\._zod\.processJSONSchema = .*;$/gm
const ABSENT = `const createStandardJSONSchemaMethod = () => () => { throw new Error('the browser writes no JSON Schema') }
const createToJSONSchemaMethod = createStandardJSONSchemaMethod`

/** @returns {import('vite').Plugin} */
export function zodPlugin() {
  return {
    name: 'anunciaya-zod',
    apply: 'build',
    transform: {
      filter: { id: SCHEMAS },
      handler(code) {
        if (!IMPORT.test(code) || code.search(PROCESSOR) < 0)
          this.error('zod is written in another way now: see scripts/lib/zod-plugin.mjs')
        return { code: code.replace(IMPORT, ABSENT).replaceAll(PROCESSOR, ''), map: null }
      },
    },
  }
}
