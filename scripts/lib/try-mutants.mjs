// A process of mutation.mjs: loads one test file once and runs its tests again for each mistake that it is told of. Asked first, with nothing alive, it says
// which mistakes its tests reach: `loading` while the modules are read, which only a new process meets again, and `running`.
//
// A mistake that is only met while the modules load is in MUTANT when the process starts, and then it tries all the files that it is given, one after the
// other, until a test fails.
//
//   ← { survey: true }   → { loading, running, ok }
//   ← { all: true }      → { killed }
//   ← { ids }            → { begins: id } and { ends: id, killed } for each, in order
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'

const [PATH = '', ...MORE] = process.argv.slice(2)
// That an example fails is enough; the smallest one would take its time.
fc.configureGlobal({ endOnFailure: true })
/** @type {any} */
const shared = globalThis
Object.assign(shared, { UVU_DEFER: 1, UVU_INDEX: 0, UVU_QUEUE: [[]] })
process.stdout.write = () => true
const { seen } = shared.$mutants
await import(pathToFileURL(PATH).href)
const loading = [...seen]
/** @type {(() => Promise<[errors: string | true]>)[]} */
let suites = suitesSoFar()
const tell = (what) => process.send?.(what)

process.on('message', async (/** @type {{ survey?: true, all?: true, ids?: number[] }} */ asked) => {
  if (asked.survey) {
    seen.clear()
    const ok = suites.length > 0 && (await pass())
    tell({ loading, running: [...seen], ok })
  }
  if (asked.all) tell({ killed: !(await passAll()) })
  for (const id of asked.ids ?? []) {
    tell({ begins: id })
    shared.$mutants.alive = id
    tell({ ends: id, killed: !(await pass()) })
  }
  process.disconnect?.()
})
// Whoever asked is gone.
process.on('disconnect', () => process.exit())
tell({ ready: true })

function suitesSoFar() {
  return shared.UVU_QUEUE.flat().filter((entry) => typeof entry === 'function')
}

async function passAll() {
  for (const path of [undefined, ...MORE]) {
    if (path !== undefined) {
      const before = new Set(suitesSoFar())
      await import(pathToFileURL(path).href)
      suites = suitesSoFar().filter((suite) => !before.has(suite))
    }
    if (!(await pass())) return false
  }
  return true
}

async function pass() {
  try {
    for (const suite of suites) if ((await suite())[0] !== true) return false
    return true
  } catch {
    return false
  }
}
