// Vite plugins of the build: libraries without what no browser of ours runs, and no schema that nobody asks for. What is left out here no bundler can
// leave out by itself, because something that is used holds a reference to it. A library that is written in another way one day breaks the build.
//
// Of zod: its writer of JSON Schema, which only the server's OpenAPI uses; its sentences in English, which no screen shows (a refusal is a code); the
// parsers it writes with `new Function`, which the policy of every page forbids (sin-eval.ts tells it so in development); its care for values that
// contain themselves, which no JSON does. Of mingo, which matches documents for RxDB: its cursors and pipelines. Of broadcast-channel: what it does
// where the browser has no BroadcastChannel; ours have Web Locks, which are younger.
const LESS = [
  {
    id: /\/zod\/v4\/classic\/schemas\.js$/,
    replace: [
      [
        /^import \{ createStandardJSONSchemaMethod, createToJSONSchemaMethod \} from .*$/m,
        `const createStandardJSONSchemaMethod = () => () => { throw new Error('the browser writes no JSON Schema') }
const createToJSONSchemaMethod = createStandardJSONSchemaMethod`,
      ],
      [/^import en from .*$/m, `const en = () => ({ localeError: () => 'Invalid input' })`],
      [/^\s*inst\._zod\.processJSONSchema = .*;$/gm, ''],
      [/core\.\$ZodObjectJIT\.init\(/g, 'core.$ZodObject.init('],
      [/^\s*if \(!core\.globalConfig\.memoizer\)\n\s*core\.config\(\{ memoizer: core\.memoizer\(\) \}\);$/m, ''],
    ],
  },
  { id: /\/mingo\/esm\/query\.js$/, replace: [[/^import \{ Cursor \} from .*$/m, 'const Cursor = undefined']] },
  {
    id: /\/rxdb\/dist\/esm\/rx-query-mingo\.js$/,
    replace: [
      [/^import \{ \$project, \$sort \} from .*$/m, ''],
      [/pipeline: \{\s*\$sort,\s*\$project\s*\}/, 'pipeline: {}'],
    ],
  },
  {
    id: /\/broadcast-channel\/dist\/esbrowser\/method-chooser\.js$/,
    replace: [
      [/^import \{ (?:IndexedDB|Localstorage|Simulate)Method \} from .*$/gm, ''],
      [/^\/\/ fastest\nIndexedDBMethod, LocalstorageMethod\]/m, ']'],
      [/return SimulateMethod;/, ''],
    ],
  },
]

/** @returns {import('vite').Plugin[]} */
export const lightPlugins = () => [...LESS.map(lessOf), noEval(), unusedSchemas()]

/** @returns {import('vite').Plugin} */
function lessOf({ id, replace }) {
  return {
    name: `anunciaya-light ${id.source}`,
    apply: 'build',
    transform: {
      filter: { id },
      handler(code) {
        if (replace.some(([what]) => code.search(what) < 0))
          this.error('it is written in another way now: see scripts/lib/light-plugins.mjs')
        return { code: replace.reduce((text, [what, by]) => text.replace(what, () => by), code), map: null }
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

/**
 * A schema is a call, and a bundler keeps a call at the top of a module whoever uses its value: the one constant that a screen takes from a file of
 * schema/ brought all its schemas, and with them zod. Each is made inside a function that is marked as pure, so what nobody uses is left out.
 * @returns {import('vite').Plugin}
 */
function unusedSchemas() {
  return {
    name: 'anunciaya-schemas',
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
  const wrap = (text, { start, end }) => `${text.slice(0, start)}/*@__PURE__*/ (() => ${text.slice(start, end)})()${text.slice(end)}`
  return calls.reduceRight(wrap, code)
}
