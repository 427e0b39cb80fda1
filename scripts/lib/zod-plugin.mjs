// Vite plugins of the build: zod without what no browser runs, and without the schemas that nobody there asks for.
//
// zod without its writer of JSON Schema, which only the server's OpenAPI uses; without its sentences in English, which no screen shows (a refusal is
// a code); without the parsers it writes with `new Function`, which the policy of every page forbids (sin-eval.ts says so to it in development); and
// without its care for values that contain themselves, which no JSON does. Every schema carries a reference to all of it, so no bundler can leave it
// out by itself: 30 KB of code, three times on a phone with a till and a card.
//
// A schema is a call, and a bundler keeps a call at the top of a module, whoever uses its value: the one constant that a screen takes from a file of
// schema/ brought all its schemas, and with them zod. Each is made inside a function that is marked as pure, so what nobody uses is left out.
const ZOD = /\/zod\/v4\/classic\/schemas\.js$/
const REPLACED = [
  [/^import \{ createStandardJSONSchemaMethod, createToJSONSchemaMethod \} from .*$/m, noWriter()],
  [/^import en from .*$/m, `const en = () => ({ localeError: () => 'Invalid input' })`],
  [/^\s*inst\._zod\.processJSONSchema = .*;$/gm, ''],
  [/core\.\$ZodObjectJIT\.init\(/g, 'core.$ZodObject.init('],
  [/^\s*if \(!core\.globalConfig\.memoizer\)\n\s*core\.config\(\{ memoizer: core\.memoizer\(\) \}\);$/m, ''],
]
function noWriter() {
  return `const createStandardJSONSchemaMethod = () => () => { throw new Error('the browser writes no JSON Schema') }
const createToJSONSchemaMethod = createStandardJSONSchemaMethod`
}

/** @returns {import('vite').Plugin[]} */
export const zodPlugin = () => [lessZod(), noEval(), unusedSchemas()]

/** @returns {import('vite').Plugin} */
function lessZod() {
  return {
    name: 'anunciaya-zod',
    apply: 'build',
    transform: {
      filter: { id: ZOD },
      handler(code) {
        if (REPLACED.some(([what]) => code.search(what) < 0))
          this.error('zod is written in another way now: see scripts/lib/zod-plugin.mjs')
        return { code: REPLACED.reduce((text, [what, by]) => text.replace(what, () => by), code), map: null }
      },
    },
  }
}

/** Nothing is left of zod that would try. @returns {import('vite').Plugin} */
function noEval() {
  return {
    name: 'anunciaya-sin-eval',
    apply: 'build',
    transform: { filter: { id: /\/sin-eval\.ts$/ }, handler: () => ({ code: '', map: null }) },
  }
}

/** @returns {import('vite').Plugin} */
function unusedSchemas() {
  return {
    name: 'anunciaya-esquemas',
    apply: 'build',
    enforce: 'post', // the types are gone
    transform: {
      filter: { id: /\/schema\/[^?]*\.ts$/, code: /['"]zod['"]/ },
      handler(code) {
        return { code: madeWhenUsed(code, this.parse(code)), map: null, moduleSideEffects: false }
      },
    },
  }
}

/**
 * Each call that makes a constant at the top of a module, inside a pure function. Lines stay where they are.
 * @param {string} code
 * @param {{ body: any[] }} program its syntax tree
 */
export function madeWhenUsed(code, program) {
  const calls = program.body
    .map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
    .filter((statement) => statement?.type === 'VariableDeclaration' && statement.kind === 'const')
    .flatMap(({ declarations }) => declarations)
    .filter(({ id, init }) => id.type === 'Identifier' && init?.type === 'CallExpression')
    .map(({ init }) => init)
  return calls.reduceRight(
    (text, { start, end }) => `${text.slice(0, start)}/*@__PURE__*/ (() => ${text.slice(start, end)})()${text.slice(end)}`,
    code,
  )
}
